import { setImmediate as nextTurn } from 'node:timers/promises'
import { LinkDown, TOLD_LENGTH, TOLD_RECORDS, type LinkRefusal } from '#contract/hub-link.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { LinkWire } from '#contract/connect-hub.ts'
import { linkCalls, type LinkAnswer, type LinkCallName, type LinkNotice } from '#contract/hub-wire.ts'
import type { MemberState } from '#domain/members/member.ts'
import type { PresenceFocus } from '#contract/team-api.ts'
import { refusalOf, type LinkOwner } from '../accounts/link-owner.ts'
import type { AnnouncedHead } from '../log/hub-log.ts'
import { UnreadableRow } from '../database/unreadable.ts'
import { accessOf, isAmong, type AccessChange } from '../log/readers.ts'
import { answerLink, type LinkCore } from './answer-link.ts'
import type { Presence } from './presence.ts'

/** The hub's side of one link. */
export type HubLinkEnd = {
  answer(name: LinkCallName, message: unknown): Promise<LinkAnswer>
  look(place: PresenceFocus | null): void
  close(): void
}

type Open = { owner: LinkOwner; member: MemberState | null; told(notice: LinkNotice): void; end(reason: LinkRefusal): void }

export type Links = {
  /**
   * Opens a link for the owner of a session.
   * @param told sends notices to the other end
   * @param ended called when the hub ends the link, after the notice with the reason
   */
  open(
    owner: LinkOwner,
    told: (notice: LinkNotice) => void,
    ended: () => void,
  ): Promise<{ ok: true; end: HubLinkEnd } | { ok: false; reason: LinkRefusal }>
  /** Announces what a commit moved. Announcements may be lost; devices rely on cursors. */
  announce(heads: readonly AnnouncedHead[], access: readonly AccessChange[], records?: readonly LogRecord[]): Promise<void>
  /** A new epoch has begun: every device repeats the handshake. */
  repeatHandshake(): void
  /** Ends every link of these sessions. */
  endSessions(sessionIds: readonly string[], reason: LinkRefusal): void
  /** The sessions with an open link at this node. */
  openSessions: () => string[]
  isConnected: (sessionId: string) => boolean
  count: () => number
}

/** All links open at this hub. Each question first checks the member's current standing. */
export function createLinks(core: LinkCore, presence: Presence, readMember: (memberId: string) => Promise<MemberState | null>): Links {
  const open = new Map<object, Open>()

  /** In the hub's own app, a user founds the team or is about to join it over this link. */
  const standingHere = (owner: LinkOwner, member: MemberState | null) =>
    member === null && owner.sessionId === null ? null : refusalOf(member, core.now())

  async function refreshMembers(): Promise<void> {
    for (const one of open.values()) {
      // An unreadable row says nothing about membership: the last known state stays.
      one.member = await readMember(one.owner.memberId).catch((error: unknown) => {
        if (error instanceof UnreadableRow) return one.member
        throw error
      })
      const refusal = standingHere(one.owner, one.member)
      if (refusal) one.end(refusal)
    }
  }

  function tellHeads(heads: readonly AnnouncedHead[], records: readonly LogRecord[]): void {
    const few = records.length <= TOLD_RECORDS && records.reduce((sum, { bytes }) => sum + bytes.length, 0) <= TOLD_LENGTH ? records : []
    for (const { owner, member, told } of open.values()) {
      // `everyone` means the active members at this moment, without people who have yet to join or whose contract has ended.
      if (refusalOf(member, core.now())) continue
      const theirs = heads.flatMap(({ readers, ...head }) => (isAmong(readers, owner.memberId) ? [head] : []))
      if (theirs.length === 0) continue
      const scopes = new Set(theirs.map(({ scope }) => scope))
      told({ t: 'advance', heads: theirs, records: few.filter(({ scope }) => scopes.has(scope)) })
    }
  }

  return {
    async open(
      owner: LinkOwner,
      told: (notice: LinkNotice) => void,
      ended: () => void,
    ): Promise<{ ok: true; end: HubLinkEnd } | { ok: false; reason: LinkRefusal }> {
      const member = await readMember(owner.memberId)
      const refusal = standingHere(owner, member)
      if (refusal) return { ok: false, reason: refusal }
      const key = {}
      const close = () => {
        open.delete(key)
        presence.leave(key)
      }
      const one: Open = {
        owner,
        member,
        told,
        end: (reason) => {
          told({ t: 'refused', reason })
          close()
          ended()
        },
      }
      open.set(key, one)
      presence.enter(
        key,
        { memberId: owner.memberId, device: owner.device, sessionId: owner.sessionId },
        {
          stands: () => standingHere(owner, one.member) === null,
          maySee: (incidentId) => core.log.mayRead(owner.memberId, `incident:${incidentId}`),
          tell: (present) => told({ t: 'presence', present }),
        },
      )
      return {
        ok: true,
        end: {
          async answer(name, message) {
            if (!open.has(key)) return { t: 'refused', reason: 'session-revoked' }
            const barred = standingHere(owner, one.member)
            if (barred) return { t: 'refused', reason: barred }
            const parsed = linkCalls[name].message.safeParse(message)
            if (!parsed.success) return { t: 'down', why: 'bad-message' }
            return answerLink(core, owner, name, parsed.data)
          },
          look: (place) => presence.look(key, place),
          close,
        },
      }
    },

    async announce(heads: readonly AnnouncedHead[], access: readonly AccessChange[], records: readonly LogRecord[] = []): Promise<void> {
      if (access.some(({ kind }) => kind === 'member') || heads.some(({ scope }) => scope === 'team')) await refreshMembers()
      for (const { owner, told } of open.values()) {
        const changed = access.some((change) =>
          change.kind === 'scope' ? accessOf(change, owner.memberId) !== 'same' : change.memberId === owner.memberId,
        )
        if (changed) told({ t: 'access' })
      }
      tellHeads(heads, records)
    },

    repeatHandshake(): void {
      for (const { told } of open.values()) told({ t: 'access' })
    },

    endSessions(sessionIds: readonly string[], reason: LinkRefusal): void {
      for (const { owner, end } of open.values()) if (owner.sessionId !== null && sessionIds.includes(owner.sessionId)) end(reason)
      if (sessionIds.length > 0) core.onEnded?.()
    },

    openSessions: () => [...new Set([...open.values()].flatMap(({ owner }) => (owner.sessionId === null ? [] : [owner.sessionId])))],

    isConnected: (sessionId: string) =>
      [...open.values()].some(({ owner }) => owner.sessionId === sessionId) || presence.isConnectedElsewhere(sessionId),
    count: () => open.size,
  }
}

/** The wire of an app that runs the hub itself: the same questions and answers, in process. */
export function memoryWire(links: Links, owner: LinkOwner): LinkWire {
  const listeners = new Set<(notice: unknown) => void>()
  let end: HubLinkEnd | null = null
  let closed = false
  let opening: Promise<HubLinkEnd> | null = null
  let looksAt: PresenceFocus | null = null
  const opened = () => {
    opening ??= links
      .open(
        owner,
        // Delivers in a later turn, like a socket, so that no listener runs in the middle of a change.
        (notice) => void setImmediate(() => listeners.forEach((listener) => listener(notice))),
        () => {
          end = null
          opening = null
        },
      )
      .then((result) => {
        if (!result.ok) throw new LinkDown(result.reason)
        if (closed) result.end.close()
        end = result.end
        if (looksAt) end.look(looksAt)
        return result.end
      })
    opening.catch(() => {
      opening = null
    })
    return opening
  }
  return {
    async ask(name, message) {
      if (closed) throw new LinkDown('closed')
      const answer = await (end ?? (await opened())).answer(name, message)
      await nextTurn()
      return answer
    },
    look: (place) => {
      looksAt = place
      end?.look(place)
    },
    onNotice: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      closed = true
      end?.close()
      listeners.clear()
    },
  }
}
