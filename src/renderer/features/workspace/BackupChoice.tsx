import { useRead } from '#client/use-read.ts'
import type { BackupView } from '#contract/workspace-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { formatBytes } from '#ui/format-bytes.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './BackupChoice.module.css'
import { useRestore } from './use-restore.ts'

function soundness(backup: BackupView): 'sound' | 'unsound' | 'unchecked' {
  if (backup.sound === null) return 'unchecked'
  return backup.sound ? 'sound' : 'unsound'
}

/** The backups, and restoring one; the button states what happens to the current files. */
export function BackupChoice({ primary = false }: { primary?: boolean }) {
  const { t, i18n } = useTranslation('workspace')
  const { data, failure, readAgain } = useRead('workspace.backups', {})
  const { restore, busy, refused } = useRestore()
  const [picked, setPicked] = useState<string | null>(null)
  const now = useNow(MINUTE)
  const name = useId()
  const chosen = data?.find((backup) => backup.id === picked) ?? (primary ? data?.find((backup) => backup.sound !== false) : undefined)
  if (failure && !data) return <FailureNotice failure={failure} onRetry={readAgain} />
  if (data?.length === 0) return <p>{t('restore.none')}</p>
  return (
    <div className={classes['choice']}>
      <div className={classes['scroller']} tabIndex={0} role="region" aria-label={t('restore.list')}>
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t('restore.pick')}</span>
              </th>
              <th scope="col">{t('restore.takenAt')}</th>
              <th scope="col">{t('restore.size')}</th>
              <th scope="col">{t('restore.why')}</th>
              <th scope="col">{t('restore.sound')}</th>
            </tr>
          </thead>
          <tbody>
            {data?.map((backup) => {
              const state = soundness(backup)
              return (
                <tr key={backup.id}>
                  <td>
                    <input
                      type="radio"
                      name={name}
                      checked={chosen?.id === backup.id}
                      disabled={state === 'unsound'}
                      onChange={() => setPicked(backup.id)}
                      aria-label={t('restore.pickOne', { time: formatMoment(backup.takenAt, now, i18n.language) })}
                    />
                  </td>
                  <td>
                    <Age at={backup.takenAt} />
                  </td>
                  <td>{formatBytes(backup.bytes)}</td>
                  <td>{t(`restore.reason.${backup.reason}`)}</td>
                  <td data-soundness={state}>
                    {state === 'sound' ? '✔ ' : state === 'unsound' ? '✘ ' : ''}
                    {t(`restore.soundness.${state}`)}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {refused && <FailureNotice failure={refused} />}
      <div className={classes['act']}>
        <ActButton
          readsOnly
          quiet={!primary}
          busy={busy}
          barred={chosen ? null : t('restore.pickFirst')}
          onAct={() => {
            if (chosen) void restore(chosen.id)
          }}
        >
          {chosen ? t('restore.act', { time: formatMoment(chosen.takenAt, now, i18n.language) }) : t('restore.actNone')}
        </ActButton>
        <p className={classes['note']}>{t('restore.note')}</p>
      </div>
    </div>
  )
}
