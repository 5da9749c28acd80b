import { useAct } from '#client/use-act.ts'
import { useIncidents } from '#client/use-incidents.ts'
import type { PromiseRow } from '#contract/promise-api.ts'
import { promiseTitle } from '#domain/promises/promise.ts'
import { usePermits } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useFailureWords } from '#ui/failure-words.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { waitingKind } from './waiting-kind.ts'
import classes from './WaitingList.module.css'

/** An open promise that the member sees to: recorded as kept in place; whoever broke it opens its text. */
export const waitingPromise = waitingKind('promise', ({ promise }, now) => ({
  key: promise.id,
  path: `/incidents/${promise.incidentId}/wording/${promise.wordingId}`,
  what: <What promise={promise} now={now} />,
  act: <KeepAct promise={promise} />,
}))

function What({ promise, now }: { promise: PromiseRow; now: number }) {
  const { t, i18n } = useTranslation('incidents')
  const late = promise.dueAt <= now
  return (
    <>
      {promiseTitle(promise)}
      <span className={classes['due']} data-late={late ? '' : undefined}>
        {t(late ? 'waiting.late' : 'waiting.due', { time: formatMoment(promise.dueAt, now, i18n.language) })}
      </span>
    </>
  )
}

function KeepAct({ promise }: { promise: PromiseRow }) {
  const { t } = useTranslation('incidents')
  const incident = useIncidents().data?.find(({ id }) => id === promise.incidentId)
  const { me, barredFrom } = usePermits()
  const { act, busy } = useAct('promises.keep')
  const word = useFailureWords()
  const [refused, setRefused] = useState<string | null>(null)
  const keep = async () => {
    const kept = await act({ incidentId: promise.incidentId, promiseId: promise.id, note: '' })
    setRefused(kept.ok ? null : word(kept.failure))
  }
  return (
    <ActButton
      quiet
      size="compact-xs"
      busy={busy}
      barred={refused ?? barredFrom('promise.settle', { incident, own: me !== null && promise.ownerId === me.id })}
      onAct={() => void keep()}
    >
      {t('waiting.act.keep')}
    </ActButton>
  )
}
