import { useAct } from '#client/use-act.ts'
import type { WordingView } from '#contract/wording-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { wordMinutes } from '#ui/time/use-span.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findingKey } from './CheckList.tsx'
import type { DraftSession } from './draft-session.ts'
import type { FieldFinding } from '#domain/wording/content-checks.ts'
import classes from './editor.module.css'

type Props = {
  wording: WordingView
  session: DraftSession
  findings: readonly FieldFinding[]
  reasons: Readonly<Record<string, string>>
  onJump: (finding: FieldFinding) => void
}

/** Takes the draft as a revision, or submits it for approval; says who will be asked, and what is in the way. */
export function SaveBar({ wording, session, findings, reasons, onJump }: Props) {
  const { t } = useTranslation('wording-editor')
  const { act, busy, failure } = useAct('wordings.save')
  const told = useUndoNotice()
  const { t: ui } = useTranslation('ui')
  const [note, setNote] = useState('')
  const open = findings.filter((one) => one.severity === 'block' && (reasons[findingKey(one)] ?? '').trim() === '')
  const [first] = open
  const overruled = findings.flatMap((one) => {
    const reason = (reasons[findingKey(one)] ?? '').trim()
    return reason === '' ? [] : [{ ruleId: one.ruleId, excerpt: one.excerpt, reason }]
  })
  const number = (wording.last?.number ?? 0) + 1
  const save = async (ask: boolean) => {
    if (ask && first) return onJump(first)
    // What is still in the editor belongs to the revision.
    if (!(await session.flush())) return
    const unique = [...new Map(overruled.map((one) => [findingKey(one), one])).values()]
    const result = await act({ incidentId: wording.incidentId, wordingId: wording.id, note, overruled: unique, ask })
    if (!result.ok) return
    setNote('')
    told(ask ? t('submitted', { number }) : t('revisionSaved', { number }))
  }
  const section = t('list.blocks')
  useCommands([
    { id: 'wording.save', section, label: t('saveRevision', { number }), shortcut: 'mod+S', disabled: busy, run: () => void save(false) },
    { id: 'wording.submit', section, label: t('submit'), shortcut: 'mod+Enter', disabled: busy, run: () => void save(true) },
  ])
  const roles = wording.policy.roles.map((role) => t(`terms:role.${role}`)).join(t(wording.policy.inOrder ? 'thenRole' : 'andRole'))
  return (
    <footer className={classes['bar']}>
      {failure && <FailureNotice failure={failure} />}
      {first && (
        <button type="button" className={classes['blocked']} onClick={() => onJump(first)}>
          {t('blocked', { count: open.length })}
        </button>
      )}
      <TextInput
        className={classes['note'] ?? ''}
        size="sm"
        aria-label={t('note')}
        placeholder={t('noteHint')}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <ActButton quiet busy={busy} shortcut="mod+S" onAct={() => void save(false)}>
        {t('saveRevision', { number })}
      </ActButton>
      <ActButton
        busy={busy}
        shortcut="mod+Enter"
        barred={first ? t('blocked', { count: open.length }) : null}
        onAct={() => void save(true)}
      >
        {t('submit')}
      </ActButton>
      <p className={classes['soft']}>{t('whoDecides', { roles, span: wordMinutes(wording.policy.dueMinutes * MINUTE, ui) })}</p>
    </footer>
  )
}
