import type { Kysely, Selectable } from 'kysely'
import type { Failure } from '#contract/failures.ts'
import { MINUTE } from '#domain/durations.ts'
import type { HubAccountEdge } from '../accounts/account-edge.ts'
import { hashSecret, newSecret, sameSecret } from '../accounts/secrets.ts'
import type { OidcTables } from './oidc-tables.ts'
import type { Checks } from './provider.ts'

/** Time from the start in the app to the confirmation in the browser, milliseconds. */
export const TICKET_MS = 10 * MINUTE
/** An ended ticket is kept this long, milliseconds, so that its outcome can still be reported. */
const KEPT_MS = 60 * MINUTE

/** Letters that are not easily confused and form no words. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const CODE_LENGTH = 6

/**
 * `begun` → `checking` the provider's answer → `proved`, until the person has compared the codes → `confirmed`, until the device
 * has fetched its session → `done`. Each step is taken once.
 */
export type Stage = 'begun' | 'checking' | 'proved' | 'confirmed' | 'done' | 'failed'

export type Ticket = Selectable<OidcTables['oidc_ticket']>
export type NewTicket = Pick<Ticket, 'purpose' | 'invite_id' | 'name' | 'member_id' | 'device' | 'language' | 'address'>

/**
 * Letters to compare, in two groups. Random values above the last multiple of the alphabet's length are dropped, so that all
 * letters are equally likely.
 */
function newCode(random: (bytes: number) => Uint8Array): string {
  let code = ''
  while (code.length < CODE_LENGTH)
    for (const byte of random(CODE_LENGTH)) if (byte < 240 && code.length < CODE_LENGTH) code += LETTERS[byte % LETTERS.length]
  return `${code.slice(0, 3)}-${code.slice(3)}`
}

export type Tickets = {
  /** @returns the ticket, and the secret with which the device asks for its outcome */
  make(about: NewTicket, { state, nonce, verifier }: Checks): Promise<{ ticket: Ticket; pollSecret: string }>
  byState: (state: string) => Promise<Ticket | undefined>
  /** The ticket for the device that began it; null for any other secret. */
  byPoll(id: string, pollSecret: string): Promise<Ticket | null>
  /** The ticket for its confirmation page; null for any other secret. */
  byPage(id: string, pageSecret: string): Promise<Ticket | null>
  /** Takes the next step, once; false when it was already taken. */
  move: (id: string, from: Stage, to: Stage, more?: Partial<Pick<Ticket, 'subject' | 'page_hash' | 'failure'>>) => Promise<boolean>
  fail: (id: string, from: Stage, failure: Failure) => Promise<boolean>
  /** @returns the secret of the confirmation page */
  prove(id: string, subject: string): Promise<string | null>
  isOver: (ticket: Pick<Ticket, 'expires_at'>) => boolean
  /** Deletes tickets that ended a while ago, including names and subjects. */
  sweep(): Promise<void>
}

/** Sign-ins in progress: a ticket binds the device that began, the browser, and the provider's answer to each other. */
export function createTickets(db: Kysely<OidcTables>, edge: HubAccountEdge): Tickets {
  async function move(
    id: string,
    from: Stage,
    to: Stage,
    more: Partial<Pick<Ticket, 'subject' | 'page_hash' | 'failure'>> = {},
  ): Promise<boolean> {
    const row = await db
      .updateTable('oidc_ticket')
      .set({ stage: to, ...more })
      .where('id', '=', id)
      .where('stage', '=', from)
      .returning('id')
      .executeTakeFirst()
    return row !== undefined
  }

  return {
    async make(about: NewTicket, { state, nonce, verifier }: Checks): Promise<{ ticket: Ticket; pollSecret: string }> {
      const pollSecret = newSecret(edge.random)
      const now = edge.now()
      const ticket: Ticket = {
        id: edge.uuid(),
        state_hash: hashSecret(state),
        poll_hash: hashSecret(pollSecret),
        code: newCode(edge.random),
        nonce,
        verifier,
        stage: 'begun',
        subject: null,
        page_hash: null,
        failure: null,
        created_at: now,
        expires_at: now + TICKET_MS,
        ...about,
      }
      await db.insertInto('oidc_ticket').values(ticket).execute()
      return { ticket, pollSecret }
    },

    byState: (state: string) => db.selectFrom('oidc_ticket').selectAll().where('state_hash', '=', hashSecret(state)).executeTakeFirst(),

    async byPoll(id: string, pollSecret: string): Promise<Ticket | null> {
      const ticket = await db.selectFrom('oidc_ticket').selectAll().where('id', '=', id).executeTakeFirst()
      return ticket && sameSecret(hashSecret(pollSecret), ticket.poll_hash) ? ticket : null
    },

    async byPage(id: string, pageSecret: string): Promise<Ticket | null> {
      const ticket = await db.selectFrom('oidc_ticket').selectAll().where('id', '=', id).executeTakeFirst()
      return ticket?.page_hash && sameSecret(hashSecret(pageSecret), ticket.page_hash) ? ticket : null
    },

    move,
    fail: (id: string, from: Stage, failure: Failure) => move(id, from, 'failed', { failure: JSON.stringify(failure) }),
    async prove(id: string, subject: string): Promise<string | null> {
      const pageSecret = newSecret(edge.random)
      return (await move(id, 'checking', 'proved', { subject, page_hash: hashSecret(pageSecret) })) ? pageSecret : null
    },

    isOver: ({ expires_at: end }: Pick<Ticket, 'expires_at'>) => end <= edge.now(),

    async sweep(): Promise<void> {
      await db
        .deleteFrom('oidc_ticket')
        .where('expires_at', '<=', edge.now() - KEPT_MS)
        .execute()
    },
  }
}
