import { useRead } from '#client/use-read.ts'
import type { BackupView } from '#contract/workspace-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { DataTable } from '#ui/DataTable.tsx'
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

const SIGNS = { sound: '✔ ', unsound: '✘ ', unchecked: '' }

function Soundness({ of }: { of: ReturnType<typeof soundness> }) {
  const { t } = useTranslation('workspace')
  return (
    <span className={classes['soundness']} data-soundness={of}>
      {SIGNS[of]}
      {t(`restore.soundness.${of}`)}
    </span>
  )
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
      <DataTable
        label={t('restore.list')}
        rows={data ?? []}
        rowKey={(backup) => backup.id}
        framed
        columns={[
          {
            id: 'pick',
            head: t('restore.pick'),
            hideHead: true,
            fit: true,
            render: (backup) => (
              <input
                type="radio"
                name={name}
                checked={chosen?.id === backup.id}
                disabled={soundness(backup) === 'unsound'}
                onChange={() => setPicked(backup.id)}
                aria-label={t('restore.pickOne', { time: formatMoment(backup.takenAt, now, i18n.language) })}
              />
            ),
          },
          { id: 'at', head: t('restore.takenAt'), render: (backup) => <Age at={backup.takenAt} /> },
          { id: 'size', head: t('restore.size'), render: (backup) => formatBytes(backup.bytes) },
          { id: 'why', head: t('restore.why'), render: (backup) => t(`restore.reason.${backup.reason}`) },
          { id: 'sound', head: t('restore.sound'), render: (backup) => <Soundness of={soundness(backup)} /> },
        ]}
      />
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
