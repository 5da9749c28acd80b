import type { SyncView } from '#contract/station-api.ts'
import { Age } from '#ui/Age.tsx'
import { Popover, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AttentionList } from './AttentionList.tsx'
import classes from './SyncIndicator.module.css'

const SIGNS = { lost: '⚠', attention: '!', pending: '◌', synced: '✓' } as const

function stateOf(sync: SyncView, connected: boolean): keyof typeof SIGNS {
  if (!connected) return 'lost'
  if (sync.needsAttention > 0) return 'attention'
  return sync.pending > 0 ? 'pending' : 'synced'
}

/** Whether everything written here has been acknowledged; in full, with what waits and what was refused, on click. */
export function SyncIndicator({ sync, connected }: { sync: SyncView; connected: boolean }) {
  const { t } = useTranslation('frame')
  const state = stateOf(sync, connected)
  const words = { count: state === 'attention' ? sync.needsAttention : sync.pending }
  return (
    <Popover position="bottom-end" width={420} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes['button']} data-state={state}>
          <span aria-hidden="true">{SIGNS[state]} </span>
          {t(`sync.${state}`, words)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('sync.heading')}>
        <div className={classes['panel']}>
          <p className={classes['line']} data-state={state}>
            {t(`sync.${state}Long`, words)}
            {sync.pendingSince !== null && sync.pending > 0 && (
              <>
                {' '}
                {t('sync.since')} <Age at={sync.pendingSince} />
              </>
            )}
          </p>
          {!sync.connected && connected && <p>{t('sync.hubAway')}</p>}
          {sync.needsAttention > 0 && <AttentionList />}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
