import type { RevisionRow, WordingView } from '#contract/wording-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { IconCheck, IconCircleOff, IconHourglassEmpty, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { reviewedRevisions } from './next-step.ts'
import type { TextDialog } from './text-dialog.ts'
import classes from './Whereabouts.module.css'

/** Where a text stands: what is in use, who has approved and who is due, what it was copied from, and its releases. */
export function Whereabouts({ wording, onOpen }: { wording: WordingView; onOpen: (dialog: TextDialog) => void }) {
  const { t, i18n } = useTranslation('wording')
  const now = useNow(MINUTE)
  const { live, past, origin, revisions } = wording
  const reviewed = reviewedRevisions(wording)
  const shown = reviewed.length > 0 ? reviewed : revisions.slice(0, 1)
  const moment = (at: number) => formatMoment(at, now, i18n.language)
  return (
    <aside className={classes['aside']} aria-label={t('where.title')}>
      <section>
        <h2>{t('where.inUse')}</h2>
        {live ? (
          <>
            <p>
              <b>{t('revision', { number: live.number })}</b> · {live.byName} · <Age at={live.at} />
            </p>
            {wording.status === 'scheduled' && <p>{t('where.from', { time: moment(live.from) })}</p>}
            {live.until !== null && (
              <p data-late={live.until < now || undefined}>
                {t(live.until < now ? 'where.ended' : 'where.until', { time: moment(live.until) })}
              </p>
            )}
            {live.summary !== '' && <p className={classes['soft']}>{live.summary}</p>}
            {live.emergency !== null && (
              <p data-late={live.unapproved || undefined}>
                {t(live.unapproved ? 'where.unapproved' : 'where.approvedLater', { reason: live.emergency })}
              </p>
            )}
          </>
        ) : (
          <p className={classes['soft']}>{t('noneInUse')}</p>
        )}
      </section>
      {shown.map((one) => (
        <section key={one.id}>
          <h2>{t('where.approval', { number: one.number })}</h2>
          <Approvers revision={one} />
        </section>
      ))}
      {origin && (
        <section>
          <h2>{t('where.origin')}</h2>
          <p>{origin.title}</p>
          <p className={classes['soft']}>{t(origin.movedOn ? 'where.movedOn' : 'where.sameAsOrigin')}</p>
          {origin.movedOn && (
            <ActButton quiet readsOnly size="compact-xs" onAct={() => onOpen({ kind: 'origin' })}>
              {t('where.showOrigin')}
            </ActButton>
          )}
        </section>
      )}
      {past.length > 0 && (
        <section>
          <h2>{t('where.history')}</h2>
          <ol>
            {past.map((one) => (
              <li key={`${one.revisionId} ${one.at} ${one.endedAt}`}>
                <b>{t('revision', { number: one.number })}</b> {moment(one.at)}–{moment(one.endedAt)}
                <span className={classes['soft']}>
                  {one.end === 'withdrawn'
                    ? t('where.withdrawn', { name: one.endedByName, reason: one.reason })
                    : t('where.superseded', { name: one.byName })}
                  {one.instead !== '' && ` ${t('where.instead', { instead: one.instead })}`}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </aside>
  )
}

/** Who has decided what on a revision, and who is due until when. */
export function Approvers({ revision: { review, decisions, approval } }: { revision: RevisionRow }) {
  const { t, i18n } = useTranslation('wording')
  const now = useNow(MINUTE)
  if (!review) return <p className={classes['soft']}>{t('where.notAsked')}</p>
  const rejected = decisions.filter(({ verdict, counts }) => verdict === 'reject' && counts)
  const lapsed = decisions.filter(({ counts }) => !counts)
  const late = approval.status === 'in-review' && review.dueAt < now
  return (
    <ul className={classes['approvers']}>
      {review.policy.roles.map((role) => {
        const given = decisions.find(({ as, verdict, counts }) => as === role && verdict === 'approve' && counts)
        return (
          <li key={role} data-done={given ? '' : undefined}>
            {given ? <IconCheck size={15} aria-hidden="true" /> : <IconHourglassEmpty size={15} aria-hidden="true" />}
            <span>
              <b>{t(`terms:role.${role}`)}</b>{' '}
              {given ? (
                <>
                  {t('where.approvedBy', { name: given.name })} · <Age at={given.at} />
                  <ForOthers decision={given} />
                </>
              ) : (
                t(approval.next.includes(role) ? 'where.due' : 'where.notYet')
              )}
            </span>
          </li>
        )
      })}
      {rejected.map(({ memberId, name, as, at, note, delegatedBy }) => (
        <li key={memberId} data-rejected="">
          <IconX size={15} aria-hidden="true" />
          <span>
            <b>{t(`terms:role.${as}`)}</b> {t('where.rejectedBy', { name })} · <Age at={at} />
            <ForOthers decision={{ delegatedBy }} />
            {note !== '' && <em>{note}</em>}
          </span>
        </li>
      ))}
      {lapsed.map(({ memberId, name, as, at, verdict }) => (
        <li key={`${memberId} ${at}`} data-lapsed="">
          <IconCircleOff size={15} aria-hidden="true" />
          <span>
            <b>{t(`terms:role.${as}`)}</b> {t(verdict === 'approve' ? 'where.approvalLapsed' : 'where.rejectionLapsed', { name })} ·{' '}
            <Age at={at} />
          </span>
        </li>
      ))}
      {approval.status === 'in-review' && (
        <li data-late={late || undefined} className={classes['until']}>
          {t(late ? 'where.lateSince' : 'where.dueAt', { time: formatMoment(review.dueAt, now, i18n.language) })}
        </li>
      )}
    </ul>
  )
}

/** In whose place somebody decided. */
function ForOthers({ decision: { delegatedBy } }: { decision: Pick<RevisionRow['decisions'][number], 'delegatedBy'> }) {
  const { t, i18n } = useTranslation('wording')
  if (delegatedBy.length === 0) return null
  const names = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(delegatedBy)
  return <em>{t('where.delegatedBy', { names })}</em>
}
