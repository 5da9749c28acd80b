import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { WorkspaceTrouble } from '#contract/workspace-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BackupChoice } from './BackupChoice.tsx'
import { TroubleFacts } from './TroubleFacts.tsx'
import classes from './TroubleScreen.module.css'
import { useExportReadable } from './use-export-readable.ts'

/** The database cannot be used normally: what happened, that nothing was changed, and the options. */
export function TroubleScreen({ trouble }: { trouble: WorkspaceTrouble }) {
  const { t } = useTranslation('workspace')
  const open = useAct('workspace.openReadOnly')
  const rescue = useExportReadable()
  const [refused, setRefused] = useState<Failure | null>(null)
  const [unreadable, setUnreadable] = useState(false)
  const openReadOnly = async () => {
    const result = await open.act({})
    setRefused(result.ok ? null : result.failure)
    setUnreadable(result.ok && result.value.phase === 'trouble')
  }
  const shown = refused ?? rescue.refused
  return (
    <main className={classes['screen']}>
      <h1 className={classes['title']}>{t(`trouble.${trouble.kind}.title`)}</h1>
      <p className={classes['lead']}>{t(`trouble.${trouble.kind}.text`)}</p>
      <p className={classes['safe']}>{t('trouble.untouched')}</p>
      <TroubleFacts trouble={trouble} />
      {shown && <FailureNotice failure={shown} />}
      <section className={classes['way']}>
        <h2>{t('trouble.readOnly')}</h2>
        <p>{t('trouble.readOnlyText')}</p>
        {unreadable && (
          <p role="alert" className={classes['unreadable']}>
            {t('trouble.unreadable')}
          </p>
        )}
        <ActButton readsOnly quiet={trouble.kind === 'damaged'} busy={open.busy} onAct={() => void openReadOnly()}>
          {t('trouble.readOnlyAct')}
        </ActButton>
      </section>
      <section className={classes['way']}>
        <h2>{t('trouble.restore')}</h2>
        <p>{t('trouble.restoreText')}</p>
        <BackupChoice primary={trouble.kind === 'damaged'} />
      </section>
      <section className={classes['way']}>
        <h2>{t('trouble.rescue')}</h2>
        <p>{t('trouble.rescueText')}</p>
        <ActButton readsOnly quiet busy={rescue.busy} onAct={() => void rescue.run()}>
          {t('trouble.rescueAct')}
        </ActButton>
      </section>
    </main>
  )
}
