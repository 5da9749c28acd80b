import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { Language, WorkspaceLock } from '#contract/workspace-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { formatExact } from '#ui/time/format-time.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { JoinForm } from '../enter/JoinForm.tsx'
import { SignInForm } from '../enter/SignInForm.tsx'
import { LeaveTeam } from '../account/LeaveTeam.tsx'
import classes from './LockedScreen.module.css'
import { UnsentTexts } from './UnsentTexts.tsx'

const SIGNED_OUT: readonly WorkspaceLock['reason'][] = ['session-revoked', 'session-unknown']

/** The screen of a locked device: the reason, what is kept, and the options. */
export function LockedScreen({ lock, language }: { lock: WorkspaceLock; language: Language }) {
  const { t, i18n } = useTranslation('team')
  const { act, busy } = useAct('membership.tryAgain')
  const [asked, setAsked] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const signedOut = SIGNED_OUT.includes(lock.reason)
  const tryAgain = async () => {
    const result = await act({})
    setFailure(result.ok ? null : result.failure)
    setAsked(result.ok)
  }
  return (
    <main className={classes['screen']}>
      <h1 className={classes['title']}>{t(`lock.title.${lock.reason}`)}</h1>
      <p className={classes['lead']}>{t(`lock.text.${lock.reason}`, { team: lock.teamName })}</p>
      <p className={classes['kept']}>
        {lock.unsent > 0
          ? t('lock.keptUnsent', { count: lock.unsent })
          : t(lock.reason === 'session-unknown' ? 'lock.keptHere' : 'lock.kept')}
      </p>
      <dl className={classes['facts']}>
        <dt>{t('join.team')}</dt>
        <dd>{lock.teamName}</dd>
        <dt>{t('join.address')}</dt>
        <dd>{lock.address}</dd>
        {lock.login !== '' && (
          <>
            <dt>{t('account.login')}</dt>
            <dd>{lock.login}</dd>
          </>
        )}
        <dt>{t('lock.lastContact')}</dt>
        <dd>{lock.lastContactAt === null ? t('lock.never') : formatExact(lock.lastContactAt, i18n.language)}</dd>
      </dl>
      {signedOut ? (
        <>
          <section className={classes['way']}>
            <h2>{t('lock.signIn')}</h2>
            <p>{t(lock.login === '' ? 'lock.signInCompany' : 'lock.signInText')}</p>
            <SignInForm language={language} known={{ address: lock.address, login: lock.login }} />
          </section>
          <section className={classes['way']}>
            <h2>{t('lock.code')}</h2>
            <p>{t(`lock.codeText.${lock.reason === 'session-unknown' ? 'session-unknown' : 'session-revoked'}`)}</p>
            <JoinForm language={language} known={{ login: lock.login }} />
          </section>
        </>
      ) : (
        <section className={classes['way']}>
          <h2>{t('lock.again')}</h2>
          <p>{t(`lock.againText.${lock.reason === 'lease-over' ? 'lease-over' : 'turned-away'}`)}</p>
          {failure && <FailureNotice failure={failure} />}
          <ActButton busy={busy} onAct={() => void tryAgain()}>
            {t('lock.againAct')}
          </ActButton>
          {asked && !busy && <p role="status">{t('lock.stillLocked')}</p>}
        </section>
      )}
      {lock.unsent > 0 && (
        <section className={classes['way']}>
          <h2>{t('lock.unsent', { count: lock.unsent })}</h2>
          <p>{t('lock.unsentText')}</p>
          <UnsentTexts />
        </section>
      )}
      <section className={classes['way']}>
        <h2>{t('leave.title')}</h2>
        <LeaveTeam unsent={lock.unsent} teamName={lock.teamName} />
      </section>
    </main>
  )
}
