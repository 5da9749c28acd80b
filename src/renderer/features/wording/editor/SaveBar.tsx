import type { IncidentView } from '#contract/incident-api.ts'
import type { WordingView } from '#contract/wording-api.ts'
import { MINUTE } from '#domain/durations.ts'
import type { FieldFinding } from '#domain/wording/content-checks.ts'
import type { WordingContent } from '#domain/wording/content.ts'
import { missingValues } from '#domain/wording/values.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { wordMinutes } from '#ui/time/use-span.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRoleList } from '../text/use-role-list.ts'
import { findingKey } from './CheckList.tsx'
import type { DraftSession } from './draft-session.ts'
import { saveSteps } from './save-steps.ts'
import classes from './editor.module.css'

type Props = {
  wording: WordingView
  incident: IncidentView | undefined
  session: DraftSession
  /** The content of the draft; null until it is read. */
  content: WordingContent | null
  findings: readonly FieldFinding[]
  reasons: Readonly<Record<string, string>>
  note: string
  onNote: (note: string) => void
  /** Why nothing can be saved, or null. */
  barred: string | null
  onJump: (finding: FieldFinding) => void
}

/** Takes the draft as a revision, or submits it for approval; says who will be asked, and what is in the way. */
export function SaveBar({ wording, incident, session, content, findings, reasons, note, onNote, barred, onJump }: Props) {
  const { t } = useTranslation('wording-editor')
  const { t: ui } = useTranslation('ui')
  const save = usePermittedAct('wordings.save', { incident })
  const ask = usePermittedAct('wordings.ask', { incident })
  const told = useUndoNotice()
  const list = useRoleList()
  const open = findings.filter((one) => one.severity === 'block' && (reasons[findingKey(one)] ?? '').trim() === '')
  const [first] = open
  const overruled = findings.flatMap((one) => {
    const reason = (reasons[findingKey(one)] ?? '').trim()
    return reason === '' ? [] : [{ ruleId: one.ruleId, excerpt: one.excerpt, reason }]
  })
  const { incidentId, id: wordingId, policy } = wording
  const { number, mayTake, saved } = saveSteps(wording.revisions, content)
  const busy = save.busy || ask.busy
  const take = async (submit: boolean) => {
    if (barred !== null || busy) return
    if (submit && first) return onJump(first)
    // What is still in the editor belongs to the revision.
    if (!(await session.writeAll())) return
    if (submit && saved) {
      const asked = await ask.act({ incidentId, wordingId, revisionId: saved.id })
      if (asked.ok) told(t('submitted', { number: saved.number }))
      return
    }
    if (!mayTake) return
    const unique = [...new Map(overruled.map((one) => [findingKey(one), one])).values()]
    const result = await save.act({ incidentId, wordingId, note, overruled: unique, ask: submit })
    if (!result.ok) return
    onNote('')
    told(t(submit ? 'submitted' : 'revisionSaved', { number: result.value.last?.number ?? number }))
  }
  const section = t('list.blocks')
  const off = busy || barred !== null
  useCommands([
    {
      id: 'wording.save',
      section,
      label: t('saveRevision', { number }),
      shortcut: 'mod+S',
      ofPage: true,
      disabled: off || !mayTake,
      run: () => void take(false),
    },
    {
      id: 'wording.submit',
      section,
      label: t('submit'),
      shortcut: 'mod+Enter',
      ofPage: true,
      disabled: off || (!mayTake && !saved),
      run: () => void take(true),
    },
  ])
  const failure = save.failure ?? ask.failure
  // Prepared texts are filled in when they are released.
  const missing = content && wording.preparedFor === '' ? missingValues(content, wording.values, wording.kind) : []
  const nothingNew = mayTake ? null : t('wording:unchanged')
  return (
    <footer className={classes['bar']}>
      {failure && <FailureNotice failure={failure} />}
      {first && (
        <button type="button" className={classes['blocked']} onClick={() => onJump(first)}>
          {t('blocked', { count: open.length })}
        </button>
      )}
      {missing.length > 0 && <p className={classes['missing']}>{t('missing', { names: missing.map((name) => `{${name}}`).join(' ') })}</p>}
      <TextInput
        className={classes['note'] ?? ''}
        size="sm"
        aria-label={t('note')}
        placeholder={t('noteHint')}
        maxLength={500}
        value={note}
        onChange={(event) => onNote(event.currentTarget.value)}
      />
      <ActButton quiet busy={busy} shortcut="mod+S" barred={barred ?? nothingNew} onAct={() => void take(false)}>
        {t('saveRevision', { number })}
      </ActButton>
      <ActButton
        busy={busy}
        shortcut="mod+Enter"
        barred={barred ?? (first ? t('blocked', { count: open.length }) : saved ? null : nothingNew)}
        onAct={() => void take(true)}
      >
        {saved ? t('submitSaved', { number: saved.number }) : t('submit')}
      </ActButton>
      <p className={classes['soft']}>
        {t(policy.inOrder ? 'whoDecidesInOrder' : 'whoDecides', {
          roles: list(policy.roles),
          span: wordMinutes(policy.dueMinutes * MINUTE, ui),
        })}
      </p>
    </footer>
  )
}
