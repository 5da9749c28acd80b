import type { Kysely, Selectable } from 'kysely'
import type { Failure } from '#contract/failures.ts'
import type { HubAccountEdge } from '../accounts/account-edge.ts'
import { hashSecret, newSecret, sameSecret } from '../accounts/secrets.ts'
import type { OidcTables } from './oidc-tables.ts'
import type { Checks } from './provider.ts'

const MINUTE = 60_000
/** How long somebody has from the press in the app to the press in the browser. */
export const TICKET_MS = 10 * MINUTE
/** A ticket past its end is kept this long, so that it can be told as what it is. */
const KEPT_MS = 60 * MINUTE

/** Letters that are not taken for one another, and spell no words. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const CODE_LENGTH = 6

/**
 * `begun` → the provider's answer is being checked → `proved`, until the person has compared the codes → `confirmed`, until the
 * device has fetched its session → `done`. Each step is taken once.
 */
export type Stage = 'begun' | 'checking' | 'proved' | 'confirmed' | 'done' | 'failed'

export type Ticket = Selectable<OidcTables['oidc_ticket']>
export type NewTicket = Pick<Ticket, 'purpose' | 'invite_id' | 'name' | 'member_id' | 'device' | 'language' | 'address'>

/** Letters to compare, in two groups. Values over the last whole round of letters are left out, so that none is likelier. */
function newCode(random: (bytes: number) => Uint8Array): string {
  let code = ''
  while (code.length < CODE_LENGTH)
    for (const byte of random(CODE_LENGTH)) if (byte < 240 && code.length < CODE_LENGTH) code += LETTERS[byte % LETTERS.length]
  return `${code.slice(0, 3)}-${code.slice(3)}`
}

/** Sign-ins under way: what binds the device that began, the browser that answers and the provider's answer to one another. */
export function createTickets(db: Kysely<OidcTables>, edge: HubAccountEdge) {
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
    /** @returns the ticket, and the secret with which the device that began asks for its outcome */
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

    /** The ticket of whoever began it; null for anybody else. */
    async byPoll(id: string, pollSecret: string): Promise<Ticket | null> {
      const ticket = await db.selectFrom('oidc_ticket').selectAll().where('id', '=', id).executeTakeFirst()
      return ticket && sameSecret(hashSecret(pollSecret), ticket.poll_hash) ? ticket : null
    },

    /** The ticket of the page on which it is confirmed; null for any other page. */
    async byPage(id: string, pageSecret: string): Promise<Ticket | null> {
      const ticket = await db.selectFrom('oidc_ticket').selectAll().where('id', '=', id).executeTakeFirst()
      return ticket?.page_hash && sameSecret(hashSecret(pageSecret), ticket.page_hash) ? ticket : null
    },

    /** Takes the next step, once; false when it was taken already. */
    move,
    fail: (id: string, from: Stage, failure: Failure) => move(id, from, 'failed', { failure: JSON.stringify(failure) }),
    /** @returns the secret of the page on which it can be confirmed */
    async prove(id: string, subject: string): Promise<string | null> {
      const pageSecret = newSecret(edge.random)
      return (await move(id, 'checking', 'proved', { subject, page_hash: hashSecret(pageSecret) })) ? pageSecret : null
    },

    isOver: ({ expires_at: end }: Pick<Ticket, 'expires_at'>) => end <= edge.now(),

    /** Forgets what ended a while ago, names and subjects with it. */
    async sweep(): Promise<void> {
      await db
        .deleteFrom('oidc_ticket')
        .where('expires_at', '<=', edge.now() - KEPT_MS)
        .execute()
    },
  }
}

export type Tickets = ReturnType<typeof createTickets>
