import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { WorkspaceStatus } from '#contract/workspace-api.ts'
import { DemoSection } from '#features/demo'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { Page, PageHeader, Section } from '#ui/Page.tsx'
import { SegmentedControl, Switch } from '@mantine/core'
import { Trans, useTranslation } from 'react-i18next'
import { LanguageChoice } from './LanguageChoice.tsx'
import { MeSection } from './MeSection.tsx'
import classes from './SettingsPage.module.css'

const THEMES = ['auto', 'light', 'dark'] as const

/** The member's profile, and the display settings of this machine. */
export function SettingsPage() {
  const { t } = useTranslation('workspace')
  const { data: status, failure, readAgain } = useRead('workspace.status', {})
  return (
    <Page>
      <PageHeader title={t('settings.title')} />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {status?.me && <MeSection key={status.me.id} me={status.me} />}
      {status && <ViewSection preferences={status.preferences} />}
      <Section title={t('settings.keys')}>
        <p className={classes['note']}>
          <Trans
            t={t}
            i18nKey="settings.keysText"
            components={{ help: <Kbd shortcut="?" />, palette: <Kbd shortcut="mod+K" />, declare: <Kbd shortcut="N" /> }}
          />
        </p>
      </Section>
      {status && <DemoSection started={status.demo} />}
      {status && (
        <Section title={t('settings.about')}>
          <p className={classes['note']}>{t('settings.version', { version: status.version })}</p>
        </Section>
      )}
    </Page>
  )
}

function ViewSection({ preferences }: { preferences: WorkspaceStatus['preferences'] }) {
  const { t, i18n } = useTranslation('workspace')
  const { act } = useAct('workspace.setPreferences')
  return (
    <Section title={t('settings.view')}>
      <div className={classes['fields']}>
        <FieldRow label={t('settings.language')} group>
          {() => (
            <div>
              <LanguageChoice value={i18n.language === 'en' ? 'en' : 'zh-Hans'} onChange={(language) => void act({ language })} />
            </div>
          )}
        </FieldRow>
        <FieldRow label={t('settings.theme')} group>
          {({ labelId }) => (
            <div>
              <SegmentedControl
                size="xs"
                aria-labelledby={labelId}
                value={preferences.theme}
                onChange={(theme) => void act({ theme: THEMES.find((one) => one === theme) ?? 'auto' })}
                data={THEMES.map((theme) => ({ value: theme, label: t(`frame:theme.${theme}`) }))}
              />
            </div>
          )}
        </FieldRow>
        <FieldRow label={t('settings.alarms')} group>
          {() => (
            <Switch
              label={t('settings.sound')}
              checked={preferences.muted !== true}
              onChange={(event) => void act({ muted: !event.currentTarget.checked })}
            />
          )}
        </FieldRow>
      </div>
      <p className={classes['note']}>{t('settings.viewNote')}</p>
    </Section>
  )
}
