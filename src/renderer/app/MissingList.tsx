import { useAct } from '#client/use-act.ts'
import { useIncidents } from '#client/use-incidents.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './SyncIndicator.module.css'

/** Lists data that the hub had confirmed but no longer has: scope, amount, text, and what to do. This device keeps all of it. */
export function MissingList() {
  const { t } = useTranslation('frame')
  const incidents = useIncidents().data
  const { data, failure } = useRead('workspace.missing', {})
  const { act, busy } = useAct('workspace.noteMissing')
  const [refused, setRefused] = useState<Failure | null>(null)
  const note = async () => {
    const result = await act({})
    setRefused(result.ok ? null : result.failure)
  }
  const nameOf = (scope: string) => {
    const id = scope.slice(scope.indexOf(':') + 1)
    return incidents?.find((incident) => incident.id === id)?.title ?? (scope === 'team' ? t('missing.team') : scope)
  }
  const shown = refused ?? failure
  return (
    <>
      {shown && <FailureNotice failure={shown} />}
      <p>{t('missing.whatToDo')}</p>
      <ul className={classes['items']}>
        {data?.scopes.map((scope) => (
          <li key={scope} className={classes['item']}>
            {t('missing.scope', { name: nameOf(scope) })}
          </li>
        ))}
        {data?.records.map(({ scope, gone, altered, firstSeq }) => (
          <li key={`records ${scope}`} className={classes['item']}>
            <div>
              {nameOf(scope)}: {gone > 0 && t('missing.gone', { count: gone, seq: firstSeq })}{' '}
              {altered > 0 && t('missing.altered', { count: altered, seq: firstSeq })}
            </div>
            {data.texts
              .filter((one) => one.scope === scope)
              .map((one) => (
                <p key={one.seq} className={classes['text']}>
                  {one.text}
                </p>
              ))}
          </li>
        ))}
      </ul>
      <div className={classes['acts']}>
        <ActButton quiet size="xs" busy={busy} onAct={() => void note()}>
          {t('missing.noted')}
        </ActButton>
      </div>
    </>
  )
}
