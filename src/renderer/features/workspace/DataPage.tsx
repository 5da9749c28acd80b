import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { WorkspaceStatus } from '#contract/workspace-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader, Section } from '#ui/Page.tsx'
import { CopyButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BackupChoice } from './BackupChoice.tsx'
import classes from './DataPage.module.css'
import { TroubleFacts } from './TroubleFacts.tsx'
import { useExportReadable } from './use-export-readable.ts'
import { VerifySection } from './VerifySection.tsx'

/** The location of the data, its integrity, and its backups. */
export function DataPage() {
  const { t } = useTranslation('workspace')
  const { data: status, failure, readAgain } = useRead('workspace.status', {})
  return (
    <Page>
      <PageHeader title={t('data.title')} aside={status && <Standing status={status} />} />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {status && (
        <>
          {status.trouble && <TroubleSection status={status} />}
          <Section title={t('data.folder')}>
            <p className={classes['line']}>
              <code className={classes['path']}>{status.dataFolder}</code>
              <CopyButton value={status.dataFolder}>
                {({ copied, copy }) => (
                  <ActButton quiet size="xs" readsOnly onAct={copy}>
                    {copied ? t('ui:copied') : t('data.copyPath')}
                  </ActButton>
                )}
              </CopyButton>
            </p>
            <p className={classes['note']}>{t('data.folderNote')}</p>
          </Section>
          <BackupSection status={status} />
          <VerifySection integrity={status.integrity} />
        </>
      )}
    </Page>
  )
}

function Standing({ status }: { status: WorkspaceStatus }) {
  const { t } = useTranslation('workspace')
  return (
    <span>
      {status.integrity === null ? t('data.checking') : t(status.integrity.ok ? 'data.sound' : 'data.unsound')}
      {' · '}
      {status.lastBackupAt === null ? (
        t('data.noBackup')
      ) : (
        <>
          {t('data.lastBackup')} <Age at={status.lastBackupAt} />
        </>
      )}
    </span>
  )
}

function TroubleSection({ status }: { status: WorkspaceStatus }) {
  const { t } = useTranslation('workspace')
  const rescue = useExportReadable()
  if (!status.trouble) return null
  return (
    <Section title={t(`trouble.${status.trouble.kind}.title`)}>
      <p className={classes['note']}>{t(`trouble.${status.trouble.kind}.text`)}</p>
      <TroubleFacts trouble={status.trouble} />
      {rescue.refused && <FailureNotice failure={rescue.refused} />}
      <ActButton readsOnly quiet busy={rescue.busy} onAct={() => void rescue.run()}>
        {t('trouble.rescueAct')}
      </ActButton>
    </Section>
  )
}

function BackupSection({ status }: { status: WorkspaceStatus }) {
  const { t } = useTranslation('workspace')
  const { act, busy } = useAct('workspace.backUpNow')
  const [refused, setRefused] = useState<Failure | null>(null)
  const backUp = async () => {
    const result = await act({})
    setRefused(result.ok ? null : result.failure)
  }
  const { everyHours, keepHourly, keepDaily } = status.backupRule
  return (
    <Section title={t('data.backups')}>
      <p className={classes['note']}>{t('data.rule', { hours: everyHours, hourly: keepHourly, daily: keepDaily })}</p>
      <p className={classes['line']}>
        <ActButton busy={busy} onAct={() => void backUp()}>
          {t('data.backUpNow')}
        </ActButton>
      </p>
      {refused && <FailureNotice failure={refused} />}
      <BackupChoice />
    </Section>
  )
}
