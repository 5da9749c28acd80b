import { enterDemo } from '#client/demo-room.ts'
import type { Language } from '#contract/workspace-api.ts'
import { JoinForm, SignInForm } from '#features/team'
import { ActButton } from '#ui/ActButton.tsx'
import { ProductMark } from '#ui/ProductMark.tsx'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BeginHereForm } from './BeginHereForm.tsx'
import classes from './FirstRunPage.module.css'
import { LanguageChoice } from './LanguageChoice.tsx'

type Props = {
  /** Switches the language of the interface at once; it is stored when setup finishes. */
  onLanguage: (language: Language) => void
}

const DOORS = ['here', 'join', 'signIn'] as const
type Door = (typeof DOORS)[number]

/** The first page on a new machine: three ways to start, and the demo. Typed text is kept when switching between them. */
export function FirstRunPage({ onLanguage }: Props) {
  const { t, i18n } = useTranslation('workspace')
  const [door, setDoor] = useState<Door>('here')
  const [opened, setOpened] = useState<ReadonlySet<Door>>(new Set<Door>(['here']))
  const name = useId()
  const language: Language = i18n.language === 'en' ? 'en' : 'zh-Hans'
  const open = (one: Door) => {
    setDoor(one)
    setOpened(new Set([...opened, one]))
  }
  const form = (one: Door) => {
    if (one === 'here') return <BeginHereForm language={language} />
    return one === 'join' ? <JoinForm language={language} /> : <SignInForm language={language} />
  }
  return (
    <main className={classes['page']}>
      <div className={classes['top']}>
        <ProductMark />
        <LanguageChoice value={language} onChange={onLanguage} />
      </div>
      <h1 className={classes['title']}>{t(`firstRun.title.${door}`)}</h1>
      <p className={classes['lead']}>{t('firstRun.lead')}</p>
      <fieldset className={classes['doors']} aria-label={t('firstRun.doors')}>
        {DOORS.map((one) => (
          <label key={one} className={classes['door']}>
            <input type="radio" name={name} checked={door === one} onChange={() => open(one)} />
            <span className={classes['doorName']}>{t(`firstRun.door.${one}`)}</span>
            <span className={classes['doorText']}>{t(`firstRun.doorText.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      {DOORS.filter((one) => opened.has(one)).map((one) => (
        <div key={one} hidden={one !== door}>
          {form(one)}
        </div>
      ))}
      <section className={classes['demo']}>
        <div>
          <h2>{t('firstRun.demo')}</h2>
          <p>{t('firstRun.demoText')}</p>
        </div>
        <ActButton quiet onAct={() => enterDemo(language)}>
          {t('demo:enter')}
        </ActButton>
      </section>
    </main>
  )
}
