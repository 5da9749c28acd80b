import { enterDemo } from '#client/demo-room.ts'
import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { Language } from '#contract/station-api.ts'
import type { MemberRole } from '#domain/members/member.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { ProductMark } from '#ui/ProductMark.tsx'
import { TextInput } from '@mantine/core'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './FirstRunPage.module.css'
import { LanguageChoice } from './LanguageChoice.tsx'
import { RoleChoice } from './RoleChoice.tsx'

type Props = {
  /** Shows the app in another language at once; it is kept when the set-up is finished. */
  onLanguage: (language: Language) => void
}

/** The first page of a fresh machine: who one is, and which way to begin. */
export function FirstRunPage({ onLanguage }: Props) {
  const { t, i18n } = useTranslation('station')
  const { act, busy } = useAct('station.setUp')
  const [name, setName] = useState('')
  const [role, setRole] = useState<MemberRole | null>(null)
  const [tried, setTried] = useState(false)
  const [refused, setRefused] = useState<Failure | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const language: Language = i18n.language === 'en' ? 'en' : 'zh-Hans'
  const nameFault = tried ? faultOfName(name) : null
  const start = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (faultOfName(name)) return form.current?.querySelector<HTMLInputElement>('input[type=text]')?.focus()
    if (!role) return form.current?.querySelector<HTMLInputElement>('input[type=radio]')?.focus()
    const result = await act({ name: name.trim(), role, language })
    if (!result.ok) setRefused(result.failure)
    return undefined
  }
  return (
    <main className={classes['page']}>
      <div className={classes['top']}>
        <ProductMark />
        <LanguageChoice value={language} onChange={onLanguage} />
      </div>
      <h1 className={classes['title']}>{t('firstRun.title')}</h1>
      <p className={classes['lead']}>{t('firstRun.lead')}</p>
      <form ref={form} className={classes['form']} onSubmit={(event) => void start(event)} noValidate>
        <FieldRow label={t('me.name')} required hint={t('me.nameHint')} error={nameFault ? t(`me.${nameFault}`) : null}>
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              type="text"
              aria-describedby={describedBy}
              aria-required
              autoComplete="name"
              autoFocus
              maw={360}
              size="md"
              error={nameFault !== null}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </FieldRow>
        <FieldRow label={t('me.role')} required group hint={t('me.roleHint')} error={tried && !role ? t('me.roleMissing') : null}>
          {() => <RoleChoice value={role} onChange={setRole} />}
        </FieldRow>
        {refused && <FailureNotice failure={refused} />}
        <div className={classes['ways']}>
          <div className={classes['way']}>
            <h2>{t('firstRun.here')}</h2>
            <p>{t('firstRun.hereText')}</p>
            <ActButton submit busy={busy} size="md">
              {t('firstRun.hereAct')}
            </ActButton>
          </div>
          <div className={classes['way']}>
            <h2>{t('firstRun.demo')}</h2>
            <p>{t('firstRun.demoText')}</p>
            <ActButton quiet size="md" onAct={() => enterDemo(language)}>
              {t('demo:enter')}
            </ActButton>
          </div>
          <div className={classes['way']} aria-disabled="true" data-coming="">
            <h2>
              {t('firstRun.join')} <span className={classes['coming']}>{t('firstRun.coming')}</span>
            </h2>
            <p>{t('firstRun.joinText')}</p>
          </div>
        </div>
      </form>
      <p className={classes['local']}>{t('firstRun.local')}</p>
    </main>
  )
}

function faultOfName(name: string): 'nameMissing' | 'nameLong' | null {
  const length = name.trim().length
  if (length === 0) return 'nameMissing'
  return length > 40 ? 'nameLong' : null
}
