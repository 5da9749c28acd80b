import { useRef, useState, type FormEvent } from 'react'
import type { Failure, Result } from '#contract/failures.ts'
import { useWords } from '../../page/words.tsx'
import type { SessionEnd } from '../state/console-model.ts'
import { PageChoices } from './PageChoices.tsx'
import { useFailureWords } from './use-failure-words.ts'
import styles from './EntryPage.module.css'

type EntryPageProps = {
  /** The secret of a vendor's link; null: sign in by number and password. */
  link: string | null
  ended: SessionEnd | null
  enter: (path: 'api/sign-in' | 'api/join', body: unknown) => Promise<Result<unknown>>
  onForgetLink: () => void
}

/** The door: sign in, or join by the link of a vendor. Says why the last session ended. */
export function EntryPage({ link, ended, enter, onForgetLink }: EntryPageProps) {
  const t = useWords('console')
  const failureWords = useFailureWords()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const number = useRef<HTMLInputElement>(null)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const field = (name: string) => String(form.get(name) ?? '').trim()
    setBusy(true)
    const answer = await (link === null
      ? enter('api/sign-in', { number: field('number'), password: String(form.get('password') ?? '') })
      : enter('api/join', { link, number: field('number'), name: field('name') }))
    setBusy(false)
    setFailure(answer.ok ? null : answer.failure)
    if (!answer.ok) number.current?.select()
  }

  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <PageChoices />
      </header>
      <main className={styles.door}>
        <h1>{t('title')}</h1>
        <p className={styles.hint}>{link === null ? t('entry.signInHint') : t('entry.joinHint')}</p>
        {ended !== null && failure === null && (
          <p className="notice" role="status">
            {t(`entry.ended.${ended}`)}
          </p>
        )}
        <form onSubmit={(event) => void submit(event)} className={styles.form}>
          <label>
            {t('entry.number')}
            <input
              ref={number}
              name="number"
              required
              maxLength={60}
              autoComplete="username"
              autoFocus
              autoCapitalize="none"
              spellCheck={false}
            />
          </label>
          {link === null ? (
            <label>
              {t('entry.password')}
              <input name="password" type="password" required maxLength={200} autoComplete="current-password" />
            </label>
          ) : (
            <label>
              {t('entry.name')}
              <input name="name" required maxLength={40} autoComplete="name" />
            </label>
          )}
          {failure !== null && (
            <p className="notice isBad" role="alert">
              {failureWords(failure)}
            </p>
          )}
          <button type="submit" className="main" disabled={busy}>
            {busy ? t('entry.busy') : link === null ? t('entry.signIn') : t('entry.join')}
          </button>
          {link !== null && (
            <button type="button" className="quiet" onClick={onForgetLink}>
              {t('entry.withPassword')}
            </button>
          )}
        </form>
      </main>
    </div>
  )
}
