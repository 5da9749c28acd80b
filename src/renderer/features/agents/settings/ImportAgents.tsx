import { useAct } from '#client/use-act.ts'
import { ADD_REFUSALS, AGENTS_AT_ONCE, type AgentPassword, type AgentRow, type AgentsAdded } from '#contract/agents-api.ts'
import { done } from '#contract/failures.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FormDialog } from '#ui/FormDialog.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { Textarea } from '@mantine/core'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGroups } from '../use-groups.ts'
import { AgentLines } from './AgentLines.tsx'
import { decodeList, numberKey, readAgentLines } from './agent-lines.ts'
import classes from './Agents.module.css'

type Props = { agents: readonly AgentRow[]; onClose: () => void; onAdded: (passwords: readonly AgentPassword[]) => void }

/** Adds a list of agents: pasted or read from a file, shown with what is wrong before anything is written. */
export function ImportAgents({ agents, onClose, onAdded }: Props) {
  const { t } = useTranslation('agents')
  const { groups, nameOf } = useGroups()
  const barred = usePermit('agents.manage')
  const add = useAct('agents.add')
  const file = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [progress, setProgress] = useState<AgentsAdded>({ added: [], refused: [] })
  const read = useDeferredValue(text)
  const numbers = useMemo(() => new Set(agents.map(({ number }) => numberKey(number))), [agents])
  const lines = useMemo(() => readAgentLines(read, { groups, numbers }), [read, groups, numbers])
  const good = lines.flatMap(({ agent }) => agent ?? [])
  /** Each first password is hashed, so that a long list is sent in parts. A part that failed leaves those before it added. */
  const put = async () => {
    const all: AgentsAdded = { added: [], refused: [] }
    for (let from = 0; from < good.length; from += AGENTS_AT_ONCE) {
      const part = await add.act({ agents: good.slice(from, from + AGENTS_AT_ONCE) })
      if (!part.ok) {
        if (all.added.length > 0) onAdded(all.added)
        return part
      }
      all.added.push(...part.value.added)
      all.refused.push(...part.value.refused)
      setProgress({ ...all })
    }
    return done(all)
  }
  const form = useSubmit(
    { act: put, busy: add.busy, failure: add.failure, barred },
    { input: good.length === 0 ? null : {}, onDone: ({ added, refused }) => refused.length === 0 && onAdded(added) },
  )
  const refusedOf = ADD_REFUSALS.map((why) => ({ why, numbers: progress.refused.filter((one) => one.why === why) }))
  return (
    <FormDialog
      title={t('import.title')}
      size={820}
      onClose={() => (progress.added.length > 0 ? onAdded(progress.added) : onClose())}
      form={form}
      act={t('import.act', { count: good.length })}
      beside={
        add.busy && progress.added.length > 0 && <span>{t('import.progress', { done: progress.added.length, all: good.length })}</span>
      }
    >
      <FieldRow
        label={t('import.list')}
        hint={t('import.hint')}
        required
        error={form.tried && good.length === 0 ? t('import.empty') : null}
      >
        {({ id, describedBy }) => (
          <Textarea
            id={id}
            data-autofocus
            aria-describedby={describedBy}
            autosize
            minRows={6}
            maxRows={10}
            classNames={{ input: classes['rows'] ?? '' }}
            placeholder={t('import.example')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
      </FieldRow>
      <div>
        <ActButton quiet size="xs" onAct={() => file.current?.click()}>
          {t('import.file')}
        </ActButton>
        <input
          ref={file}
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          hidden
          aria-label={t('import.file')}
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? []
            event.currentTarget.value = ''
            if (chosen) void chosen.arrayBuffer().then((bytes) => setText(decodeList(new Uint8Array(bytes))))
          }}
        />
      </div>
      {lines.length > 0 && <AgentLines lines={lines} nameOf={nameOf} />}
      {refusedOf.map(
        ({ why, numbers: refused }) =>
          refused.length > 0 && (
            <p key={why} className={classes['problem']} role="alert">
              {t(`refused.${why}`, { numbers: refused.map(({ number }) => number).join(t('and')) })}
            </p>
          ),
      )}
    </FormDialog>
  )
}
