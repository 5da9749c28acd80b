import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { RevisionRow, WordingView } from '#contract/wording-api.ts'
import type { ApproverRole } from '#domain/rules/approval-policy.ts'
import type { PinnedComment, VariableValues, Verdict } from '#domain/wording/wording.ts'
import { usePermittedAct, usePermits } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { Toolbar } from '#ui/Toolbar.tsx'
import { useNow } from '#ui/time/use-now.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ApprovalPanel.module.css'
import { delegatorsOf } from './delegators.ts'
import { useRoleList } from './use-role-list.ts'
import { hindrance } from './why-not.ts'

type Props = {
  wording: WordingView
  revision: RevisionRow
  incident: IncidentView | undefined
  /** The revision whose difference to this one is shown above; null if there is none, or none was shown yet. */
  comparedWith: string | null
  /** What the member has not read yet: the difference that is to be shown, or changed values. */
  unread: 'difference' | 'values' | null
  /** What fills the variables of the text that is shown. */
  values: VariableValues
  comments: readonly PinnedComment[]
  onDecided: () => void
}

/** Approves a revision in a role, or rejects it with a note or comments. Who may not sees why before any click. */
export function DecisionForm({ wording, revision, incident, comparedWith, unread, values, comments, onDecided }: Props) {
  const { t } = useTranslation('wording')
  const { act, busy, failure, barred } = usePermittedAct('wordings.decide', { incident })
  const tell = useUndoNotice()
  const why = useHindrance(revision)
  const [note, setNote] = useState('')
  const [picked, setPicked] = useState<ApproverRole | null>(null)
  const [tried, setTried] = useState(false)
  const { incidentId, id: wordingId } = wording
  const { mayApproveAs, mayRejectAs, number } = revision
  const roles = [...new Set([...mayApproveAs, ...mayRejectAs])]
  const as = roles.find((role) => role === picked) ?? mayApproveAs[0] ?? mayRejectAs[0]
  if (as === undefined) return <p className={classes['why']}>{barred ?? why}</p>
  const notRead = unread === null ? null : unread === 'values' ? t('approval.unread.values') : t('approval.unread.difference')
  const wordless = note.trim() === '' && comments.length === 0
  const decide = async (verdict: Verdict) => {
    setTried(verdict === 'reject')
    if (verdict === 'reject' && wordless) return
    const done = await act({
      incidentId,
      wordingId,
      revisionId: revision.id,
      hash: revision.hash,
      verdict,
      as,
      comparedWith,
      values,
      note,
      comments: [...comments],
    })
    if (!done.ok) return
    setNote('')
    onDecided()
    tell(t(verdict === 'approve' ? 'approval.approved' : 'approval.rejected', { number }))
  }
  const role = t(`terms:role.${as}`)
  return (
    <section className={classes['decide']} aria-label={t('approval.decide')}>
      <h3>{t('approval.decide')}</h3>
      {roles.length > 1 && (
        <FieldRow label={t('approval.as')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={as}
              onChange={(event) => setPicked(roles.find((one) => one === event.currentTarget.value) ?? null)}
              data={roles.map((one) => ({ value: one, label: t(`terms:role.${one}`) }))}
            />
          )}
        </FieldRow>
      )}
      <Delegators revision={revision} incident={incident} as={as} />
      <FieldRow label={t('approval.remark')} hint={t('approval.remarkHint')} error={tried && wordless ? t('approval.wordless') : null}>
        {({ id, describedBy }) => (
          <GrowingText
            id={id}
            aria-describedby={describedBy}
            minRows={2}
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        )}
      </FieldRow>
      {failure && (
        <FailureNotice failure={failure} {...(failure.params['field'] === 'values' ? { sentence: t('approval.otherValues') } : {})} />
      )}
      <Toolbar>
        <ActButton busy={busy} barred={barred ?? (mayApproveAs.includes(as) ? notRead : why)} onAct={() => void decide('approve')}>
          {t('approval.approve', { role, number })}
        </ActButton>
        <ActButton
          quiet
          danger
          busy={busy}
          barred={
            barred ??
            (mayRejectAs.includes(as) ? (unread === 'values' ? t('approval.unread.values') : null) : t('approval.rejectedAlready'))
          }
          onAct={() => void decide('reject')}
        >
          {comments.length > 0 ? t('approval.rejectWith', { count: comments.length }) : t('approval.reject')}
        </ActButton>
      </Toolbar>
    </section>
  )
}

/** Says for whom this member decides, where the role is another's. */
function Delegators({ as, ...of }: { revision: RevisionRow; incident: IncidentView | undefined; as: ApproverRole }) {
  const { t, i18n } = useTranslation('wording')
  const { me } = usePermits()
  const now = useNow(30_000)
  const rows = useRead('wordings.delegations', {}).data ?? []
  const names = me ? delegatorsOf(rows, { actor: { id: me.id, state: me, now }, as, ...of }) : []
  if (names.length === 0) return null
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(names)
  return <p className={classes['why']}>{t('approval.delegated', { names: list, role: t(`terms:role.${as}`) })}</p>
}

/** Why this member cannot approve a revision now, in words. */
function useHindrance(revision: RevisionRow): string {
  const { t } = useTranslation('wording')
  const { me } = usePermits()
  const list = useRoleList()
  const why = hindrance(revision, me)
  switch (why?.kind) {
    case 'own':
      return t('whyNot.own')
    case 'done':
      return t('whyNot.done')
    case 'taken':
      return t('whyNot.taken', { name: why.name })
    case 'waits':
      return t('whyNot.waits', { roles: list(why.next) })
    case 'not-in-review':
      return t('whyNot.notInReview')
    default:
      return t('whyNot.notAsked', { roles: list(why?.roles ?? []) })
  }
}
