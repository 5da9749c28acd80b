import { openOutside } from '#client/open-outside.ts'
import { fail, type Failure, type Result } from '#contract/failures.ts'
import type { CompanyTicket } from '#contract/team-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { useEffect, useEffectEvent, useState } from 'react'

const ASK_MS = 1500
/** By this device's clock, and longer than the hub's timeout: normally the hub's answer decides. Milliseconds. */
const GIVE_UP_MS = 11 * MINUTE

/** The calls of a sign-in at the company's provider. */
export type CompanyCalls<Ticket extends CompanyTicket> = {
  /** Null if input is missing; nothing has started then. */
  begin(): Promise<Result<Ticket> | null>
  /** `waiting` until the user has confirmed in the browser. */
  outcome(ticket: Ticket): Promise<Result<unknown>>
  cancel(ticket: Ticket): Promise<unknown>
}

/** A sign-in at the company's provider: its ticket while the user is there, and how it ended. */
export type CompanyFlow<Ticket extends CompanyTicket> = {
  ticket: Ticket | null
  beginning: boolean
  failure: Failure | null
  begin(): Promise<void>
  cancel(): Promise<void>
}

/**
 * Starts the sign-in, opens the provider's page, and polls until the user has confirmed there.
 * @param onDone called when it is done
 */
export function useCompanyFlow<Ticket extends CompanyTicket>(
  calls: CompanyCalls<Ticket>,
  onDone: () => void = () => {},
): CompanyFlow<Ticket> {
  const [ticket, setTicket] = useState<Ticket | null>(null)
  const [beginning, setBeginning] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  const stop = (why: Failure | null) => {
    setTicket(null)
    setFailure(why)
  }
  const ask = useEffectEvent((about: Ticket) => calls.outcome(about))
  const conclude = useEffectEvent((result: Result<unknown>) => {
    stop(result.ok ? null : result.failure)
    if (result.ok) onDone()
  })
  useEffect(() => {
    if (!ticket) return undefined
    let over = false
    const end = Date.now() + GIVE_UP_MS
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      const result = Date.now() > end ? fail('oidc-expired') : await ask(ticket)
      if (over) return
      if (result.ok && result.value === 'waiting') timer = setTimeout(() => void look(), ASK_MS)
      else conclude(result)
    }
    timer = setTimeout(() => void look(), ASK_MS)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [ticket])

  return {
    ticket,
    beginning,
    failure,
    async begin(): Promise<void> {
      setFailure(null)
      setBeginning(true)
      const begun = await calls.begin()
      setBeginning(false)
      if (!begun) return
      if (!begun.ok) return setFailure(begun.failure)
      setTicket(begun.value)
      openOutside(begun.value.authorizeUrl)
    },
    async cancel(): Promise<void> {
      const was = ticket
      stop(null)
      if (was) await calls.cancel(was)
    },
  }
}
