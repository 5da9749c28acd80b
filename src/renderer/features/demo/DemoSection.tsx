import { demoOfWindow, enterDemo, leaveDemo } from '#client/demo-room.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Section } from '#ui/Page.tsx'
import { useTranslation } from 'react-i18next'
import classes from './DemoSection.module.css'

/** Enters and leaves the demo. A demo started on its own has no workspace to return to. */
export function DemoSection({ started }: { started: boolean }) {
  const { t, i18n } = useTranslation('demo')
  const inDemo = demoOfWindow() !== null
  if (started && !inDemo) return null
  return (
    <Section title={t('section')}>
      <p className={classes['about']}>{t('about')}</p>
      <ActButton quiet size="xs" readsOnly onAct={() => (inDemo ? leaveDemo() : enterDemo(i18n.language === 'en' ? 'en' : 'zh-Hans'))}>
        {t(inDemo ? 'leave' : 'enter')}
      </ActButton>
    </Section>
  )
}
