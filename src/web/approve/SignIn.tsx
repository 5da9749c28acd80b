import type { ApproveTicket, ApproveWho } from '#contract/approval-wire.ts'
import type { Failure } from '#contract/failures.ts'
import { useEffect, useState, type FormEvent } from 'react'
import { deviceName, hub } from './hub-calls.ts'
import { useWords } from './words.tsx'

const POLL_MS = 2000
const KEPT = 'stormroom.approve.ticket'

/** A begun sign-in survives a reload: phones drop pages in the background. It is kept in the tab only. */
function keptTicket(): ApproveTicket | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as ApproveTicket | null
  } catch {
    return null
  }
}

function keepTicket(ticket: ApproveTicket | null): void {
  try {
    if (ticket) sessionStorage.setItem(KEPT, JSON.stringify(ticket))
    else sessionStorage.removeItem(KEPT)
  } catch {
    // Storage is blocked; the sign-in then ends with the page.
  }
}

/** Sign-in by password or by the company's account, as the hub offers. */
export function SignIn({ who, onEntered }: { who: ApproveWho; onEntered: () => void }) {
  const { t, failure: inWords, language } = useWords()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const [ticket, setTicket] = useState<ApproveTicket | null>(keptTicket)
  const { password: byPassword, openIdConnect: company } = who.signInWith

  const enter = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const field = (name: string) => String(form.get(name) ?? '')
    setBusy(true)
    const entered = await hub.signIn(field('login'), field('password'), deviceName(t('name')))
    setBusy(false)
    setFailure(entered.ok ? null : entered.failure)
    if (entered.ok) onEntered()
  }
  const begin = async () => {
    setBusy(true)
    const begun = await hub.beginCompany(deviceName(t('name')), language)
    setBusy(false)
    setFailure(begun.ok ? null : begun.failure)
    if (!begun.ok) return
    keepTicket(begun.value)
    setTicket(begun.value)
  }
  useEffect(() => {
    if (!ticket) return
    let isOver = false
    const look = async () => {
      const outcome = await hub.companyOutcome(ticket)
      if (isOver || (outcome.ok && outcome.value === 'waiting')) return
      if (!outcome.ok && outcome.failure.code === 'disconnected') return
      keepTicket(null)
      setTicket(null)
      setFailure(outcome.ok ? null : outcome.failure)
      if (outcome.ok) onEntered()
    }
    const timer = setInterval(() => void look(), POLL_MS)
    return () => {
      isOver = true
      clearInterval(timer)
    }
  }, [ticket, onEntered])

  return (
    <section className="enter">
      <h1>{t('signIn.title')}</h1>
      <p className="soft">{t('signIn.team', { team: who.team })}</p>
      {failure && (
        <p className="trouble" role="alert">
          {inWords(failure)}
        </p>
      )}
      {ticket ? (
        <div className="card">
          <p>{t('signIn.codeText')}</p>
          <p>
            {t('signIn.code')} <b className="code">{ticket.code}</b>
          </p>
          <a className="act" href={ticket.authorizeUrl} target="_blank" rel="noopener noreferrer">
            {t('signIn.openCompany', { name: company ?? '' })}
          </a>
          <p className="soft">{t('signIn.waiting')}</p>
          <button
            type="button"
            className="quiet"
            onClick={() => {
              keepTicket(null)
              setTicket(null)
            }}
          >
            {t('cancel')}
          </button>
        </div>
      ) : (
        <>
          {byPassword && (
            <form onSubmit={(event) => void enter(event)}>
              <label>
                {t('signIn.login')}
                <input name="login" autoComplete="username" autoCapitalize="none" autoCorrect="off" required />
              </label>
              <label>
                {t('signIn.password')}
                <input name="password" type="password" autoComplete="current-password" required />
              </label>
              <button type="submit" className="act" disabled={busy}>
                {t('signIn.enter')}
              </button>
            </form>
          )}
          {byPassword && company !== null && <p className="soft or">{t('signIn.or')}</p>}
          {company !== null && (
            <button type="button" className={byPassword ? 'quiet' : 'act'} disabled={busy} onClick={() => void begin()}>
              {t('signIn.company', { name: company })}
            </button>
          )}
        </>
      )}
    </section>
  )
}
