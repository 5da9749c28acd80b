import type { SyncView } from '#contract/workspace-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { Age } from '#ui/Age.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { wordMinutes } from '#ui/time/use-span.ts'
import { useNow } from '#ui/time/use-now.ts'
import { Popover, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AttentionList } from './AttentionList.tsx'
import { MissingList } from './MissingList.tsx'
import { syncState, type SyncState } from './sync-state.ts'
import classes from './SyncIndicator.module.css'
import { useHeld } from './use-held.ts'

const SIGNS: Record<SyncState, string> = {
  lost: '⚠',
  missing: '⚠',
  attention: '!',
  stopped: '!',
  lease: '⚠',
  away: '◌',
  pending: '◌',
  synced: '✓',
}
/** A disconnection shorter than this is not reported. Milliseconds. */
const MOMENT_MS = 4000
/** A clock deviation from which the user is warned. Milliseconds. */
const WRONG_MS = MINUTE

/** Shows whether all local changes have been synced. A click opens the details: what is waiting and what was rejected. */
export function SyncIndicator({
  sync,
  connected,
  offset,
}: {
  sync: SyncView
  connected: boolean
  /** Correction added to this machine's clock, in milliseconds. */ offset: number
}) {
  const { t, i18n } = useTranslation('frame')
  const now = useNow(10_000)
  const away = useHeld(sync.to !== null && !sync.connected, MOMENT_MS)
  const state = syncState(sync, connected, away, now)
  const waiting = sync.pending + sync.filesWaiting
  const until = sync.leaseEndsAt === null ? '' : formatMoment(sync.leaseEndsAt, now, i18n.language)
  const words = { count: state === 'attention' ? sync.needsAttention : waiting, until, team: sync.to?.teamName ?? '' }
  return (
    <Popover position="bottom-end" width={420} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes['button']} data-state={state}>
          <span aria-hidden="true">{SIGNS[state]} </span>
          {Math.abs(offset) >= WRONG_MS && `${t(offset > 0 ? 'sync.slow' : 'sync.fast', { span: wordMinutes(offset, t) })} · `}
          {state === 'away' && waiting > 0 ? t('sync.awayWaiting', words) : t(`sync.${state}`, words)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('sync.heading')}>
        <div className={classes['panel']}>
          <p className={classes['line']} data-state={state}>
            {state === 'synced' && sync.to ? t('sync.syncedTeam', words) : t(`sync.${state}Long`, words)}
            {sync.pendingSince !== null && sync.pending > 0 && (
              <>
                {' '}
                {t('sync.since')} <Age at={sync.pendingSince} />
              </>
            )}
          </p>
          {away && sync.trouble && <p role="alert">{t(`sync.trouble.${sync.trouble}`, { address: sync.to?.address ?? '' })}</p>}
          {Math.abs(offset) >= WRONG_MS && (
            <p data-clock="">{t(offset > 0 ? 'sync.clockSlow' : 'sync.clockFast', { span: wordMinutes(offset, t) })}</p>
          )}
          {state === 'stopped' && sync.refused && <p>{t(`sync.refused.${sync.refused}`)}</p>}
          {sync.to && <TeamLines sync={sync} to={sync.to} waiting={waiting} away={state === 'away' || state === 'lease'} until={until} />}
          {!sync.to && !sync.connected && connected && <p>{t('sync.hubAway')}</p>}
          {state === 'missing' && <MissingList />}
          {sync.needsAttention > 0 && <AttentionList />}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

type LinesProps = { sync: SyncView; to: NonNullable<SyncView['to']>; waiting: number; away: boolean; until: string }

function TeamLines({ sync, to, waiting, away, until }: LinesProps) {
  const { t } = useTranslation('frame')
  return (
    <dl className={classes['facts']}>
      <dt>{t('sync.team')}</dt>
      <dd>
        {to.teamName} · {to.address}
      </dd>
      {sync.lastContactAt !== null && away && (
        <>
          <dt>{t('sync.lastContact')}</dt>
          <dd>
            <Age at={sync.lastContactAt} />
          </dd>
        </>
      )}
      {away && (
        <>
          <dt>{t('sync.waiting')}</dt>
          <dd>{t('sync.waitingOf', { count: waiting })}</dd>
        </>
      )}
      {away && until !== '' && (
        <>
          <dt>{t('sync.shownUntil')}</dt>
          <dd>{until}</dd>
        </>
      )}
    </dl>
  )
}
