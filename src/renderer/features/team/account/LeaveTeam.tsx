import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './LeaveTeam.module.css'

/** Signs this device out and deletes its data. Unsynced data is lost, so the user must confirm that. */
export function LeaveTeam({ unsent, teamName }: { unsent: number; teamName: string }) {
  const { t } = useTranslation('team')
  const { act, busy } = useAct('membership.leave')
  const [asking, setAsking] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const leave = async () => {
    const result = await act({ force: unsent > 0 })
    setFailure(result.ok ? null : result.failure)
  }
  return (
    <div className={classes['leave']}>
      <p>{t('leave.text')}</p>
      {failure && <FailureNotice failure={failure} />}
      {asking ? (
        <>
          {unsent > 0 && (
            <p role="alert" className={classes['loss']}>
              {t('leave.loss', { count: unsent })}
            </p>
          )}
          <div className={classes['acts']}>
            <ActButton danger busy={busy} onAct={() => void leave()}>
              {unsent > 0 ? t('leave.forced', { count: unsent, team: teamName }) : t('leave.sure', { team: teamName })}
            </ActButton>
            <Button variant="default" autoFocus onClick={() => setAsking(false)}>
              {t('cancel')}
            </Button>
          </div>
        </>
      ) : (
        <ActButton quiet onAct={() => setAsking(true)}>
          {t('leave.act')}
        </ActButton>
      )}
    </div>
  )
}
