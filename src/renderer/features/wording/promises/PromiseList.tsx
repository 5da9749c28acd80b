import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { PromiseRow } from '#contract/promise-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { isKeptLate, isOverdue } from '#domain/promises/promise.ts'
import { usePermits, usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PROMISE_ACTS, type PromiseAct } from './promise-acts.ts'
import { PromiseDialog } from './PromiseDialog.tsx'
import classes from './Promises.module.css'

type Props = {
  incident: IncidentView
  /** Only the promises of one text; null: those of the incident. */
  wordingId: string | null
}

/** What the texts of an incident, or one of them, promise: open ones first, with the acts that end them. Nothing while there are none. */
export function PromiseList({ incident, wordingId }: Props) {
  const { t } = useTranslation('promises')
  const { data, failure, readAgain } = useRead('promises.list', { incidentId: incident.id, wordingId })
  const [open, setOpen] = useState<{ promise: PromiseRow; what: PromiseAct } | null>(null)
  const { me } = usePermits()
  const isOwn = ({ ownerId }: PromiseRow) => me !== null && ownerId === me.id
  const rows = data ?? []
  if (failure) return <FailureNotice failure={failure} onRetry={readAgain} />
  if (rows.length === 0) return null
  const count = rows.filter(({ state }) => state === 'open').length
  return (
    <section className={classes['promises']} aria-label={t('title')}>
      <h2>
        {t('title')} <span>{count > 0 ? t('open', { count }) : t('noneOpen')}</span>
      </h2>
      <ul>
        {rows.map((promise) => (
          <li key={promise.id} data-state={promise.state}>
            <Guarded of={promise}>
              <Promised
                promise={promise}
                incident={incident}
                own={isOwn(promise)}
                titled={wordingId === null}
                onAct={(what) => setOpen({ promise, what })}
              />
            </Guarded>
          </li>
        ))}
      </ul>
      {open && (
        <PromiseDialog
          promise={open.promise}
          incident={incident}
          own={isOwn(open.promise)}
          what={open.what}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  )
}

type PromisedProps = {
  promise: PromiseRow
  incident: IncidentView
  own: boolean
  /** Whether the text that made it is named. */
  titled: boolean
  onAct: (what: PromiseAct) => void
}

function Promised({ promise, incident, own, titled, onAct }: PromisedProps) {
  const { t, i18n } = useTranslation('promises')
  const now = useNow(MINUTE)
  const { barredFrom } = usePermits()
  const keep = usePermittedAct('promises.keep', { incident, own })
  const moment = (at: number) => formatMoment(at, now, i18n.language)
  const { id: promiseId, incidentId, action, text, owner, ownerName, moves, note } = promise
  const late = isOverdue(promise, now)
  const who = [owner, ownerName].filter(Boolean).join(' · ')
  const barred = { break: keep.barred, move: keep.barred, void: barredFrom('promise.void', { incident }) }
  return (
    <>
      <p className={classes['words']}>
        <b>{action === '' ? text : action}</b>
        {action !== '' && text !== '' && <span>{text}</span>}
        <PendingMark pending={promise.pending} quiet />
      </p>
      <p className={classes['facts']}>
        <span data-late={late || promise.state === 'broken' ? '' : undefined}>{standing(promise, late)}</span>
        {who !== '' && <span>{who}</span>}
        {titled && <span>{promise.wordingTitle}</span>}
        {promise.source !== 'in-use' && <span>{t(`source.${promise.source}`)}</span>}
      </p>
      {moves.map(({ from, reason, byName }) => (
        <p key={from} className={classes['facts']}>
          {t('moved', { time: moment(from), name: byName, reason })}
        </p>
      ))}
      {note !== '' && <p className={classes['facts']}>{note}</p>}
      {keep.failure && <FailureNotice failure={keep.failure} />}
      {promise.state === 'open' && (
        <div className={classes['acts']}>
          <ActButton
            quiet
            size="compact-xs"
            busy={keep.busy}
            barred={keep.barred}
            onAct={() => void keep.act({ incidentId, promiseId, note: '' })}
          >
            {t('act.keep')}
          </ActButton>
          {PROMISE_ACTS.map((what) => (
            <ActButton key={what} quiet size="compact-xs" barred={barred[what]} onAct={() => onAct(what)}>
              {t(`act.${what}`)}
            </ActButton>
          ))}
        </div>
      )}
    </>
  )

  function standing({ state, dueAt, endedAt, endedByName }: PromiseRow, isLate: boolean): string {
    if (state === 'open') return t(isLate ? 'overdue' : 'due', { time: moment(dueAt) })
    const ended = { time: moment(endedAt ?? dueAt), name: endedByName ?? '' }
    return isKeptLate(promise) ? t('keptLate', { ...ended, due: moment(dueAt) }) : t(`state.${state}`, ended)
  }
}
