import { z } from 'zod'
import { Uuid } from '#domain/log/ids.ts'
import { LATEST_TERM, MemberName, MemberRole } from '#domain/members/member.ts'
import { command, query, type InputOf, type OutputOf } from './procedure.ts'

/** A name to sign in with: an e-mail address or a short name, compared without regard to case. */
export const Login = z.string().trim().toLowerCase().min(2).max(80).regex(/^\S+$/u)

/** NIST SP 800-63B: length is what counts; 72 h of guessing at the lock-out's pace get nowhere with eight characters. */
export const PASSWORD_MIN = 8
export const Password = z.string().min(PASSWORD_MIN).max(200)

export const DeviceName = z.string().trim().min(1).max(80)

/** An outside vendor's period of contract, milliseconds since 1970 (000-20: the list of vendors changes monthly). */
export const VendorTerm = z.strictObject({
  company: z.string().trim().min(1).max(80),
  from: z.int().min(0),
  until: z.int().min(0).max(LATEST_TERM),
})

export const InviteRequest = z.strictObject({
  role: MemberRole,
  vendor: VendorTerm.nullable(),
  /** For whom, so that the list of open invites can be read. */
  note: z.string().trim().max(80),
  hours: z
    .int()
    .min(1)
    .max(24 * 30),
})

export type InviteView = {
  id: string
  role: MemberRole
  vendor: z.infer<typeof VendorTerm> | null
  note: string
  createdBy: string
  createdAt: number
  expiresAt: number
  state: 'open' | 'used' | 'expired' | 'withdrawn'
  usedBy: string | null
}

/** What lets a person in: it works once. `code` carries the hub's addresses and the fingerprint of its certificate with it. */
export type FreshInvite = InviteView & { code: string }

export type SessionView = {
  id: string
  memberId: string
  device: string
  createdAt: number
  lastSeenAt: number
  /** The session that asks. */
  own: boolean
  connected: boolean
}

/** What a token may be allowed. Older tokens may hold a word that is none any more; it allows nothing. */
export const TOKEN_SCOPES = [
  'incidents:read',
  'incidents:write',
  'timeline:read',
  'timeline:write',
  'numbers:read',
  'numbers:write',
  'tasks:read',
  'tasks:write',
  'members:read',
] as const
export const TokenScope = z.enum(TOKEN_SCOPES)
export type TokenScope = z.infer<typeof TokenScope>

export type TokenView = {
  id: string
  name: string
  kind: 'personal' | 'service'
  scopes: TokenScope[]
  createdBy: string
  createdAt: number
  expiresAt: number
  lastUsedAt: number | null
  revokedAt: number | null
}

export type WebhookView = {
  id: string
  url: string
  events: string[]
  active: boolean
  createdAt: number
  deliveries: { id: string; at: number; status: number | null; attempt: number; error: string | null; nextAt: number | null }[]
}

/** What the access log tells of; it may hold other words, written by a newer hub. */
export const ACCESS_KINDS = [
  'signed-in',
  'sign-in-refused',
  'joined',
  'invite-made',
  'invite-withdrawn',
  'password-set',
  'password-reset-made',
  'session-ended',
  'token-made',
  'token-revoked',
  'webhook-made',
  'webhook-removed',
  'owner-recovered',
  'company-joined',
  'company-signed-in',
  'company-refused',
  'company-linked',
  'company-unlinked',
  'reveal-refused',
  'incident-taken-over',
] as const
export type AccessKind = (typeof ACCESS_KINDS)[number]

export type AccessEntry = { id: string; at: number; memberId: string | null; what: string; about: string; device: string }

/** How one comes in at a hub: by password, and by the company's provider under the name people call it by. */
export type SignInWays = { password: boolean; openIdConnect: string | null }

/** A sign-in at the company's provider that was begun: where the browser goes, and the letters to compare when it comes back. */
export type CompanyTicket = { ticket: string; authorizeUrl: string; code: string; expiresAt: number }

export type TeamView = {
  hubId: string
  name: string
  version: string
  /** Where it can be reached, most useful first. */
  addresses: string[]
  /** SHA-256 of its certificate, upper-case hex with colons; null without TLS. */
  fingerprint: string | null
  engine: 'sqlite' | 'postgres'
  signInWith: SignInWays
  startedAt: number
}

/** Where somebody's attention is: a page of the app, a part of it, and the entity that is open there. */
export const PresencePlace = z.strictObject({
  page: z.string().max(40),
  incidentId: z.uuid().nullable(),
  /** A part of the page: a tab, or a form that is open in it. Words that a reader does not know say nothing to it. */
  part: z.string().max(40).nullable(),
  entityId: z.string().max(80).nullable(),
  /** True while text is being written there. */
  writing: z.boolean(),
})
export type PresencePlace = z.infer<typeof PresencePlace>

export type PresenceView = { memberId: string; device: string; place: PresencePlace | null; since: number }

/** A restricted incident whose named people are all gone. */
export type LeftIncident = { incidentId: string; declaredAt: number; members: string[] }

const None = z.strictObject({})

/** Calls that only the hub can answer. A replica that is cut off answers them with `hub-unreachable`. */
export const teamApi = {
  'team.about': query(None)
    .dependsOn(() => ['workspace'])
    .returns<TeamView>(),
  'team.invites': query(None)
    .dependsOn(() => ['workspace', 'presence'])
    .returns<InviteView[]>(),
  'team.invite': command(InviteRequest, { action: 'member.invite' }).returns<FreshInvite>(),
  'team.withdrawInvite': command(z.strictObject({ id: Uuid }), { action: 'member.invite' }).returns<InviteView>(),
  /** A code with which a member who lost the password sets a new one; works once, within a day. */
  'team.resetPassword': command(z.strictObject({ memberId: Uuid })).returns<{ code: string; expiresAt: number }>(),
  'team.setPassword': command(z.strictObject({ login: Login, old: z.string().max(200), password: Password })).returns<null>(),
  /** `company` is null where the hub knows no provider; with `only` passwords are of no use. */
  'team.login': query(None)
    .dependsOn(() => ['workspace'])
    .returns<{
      login: string | null
      hasPassword: boolean
      company: { name: string; linked: boolean; only: boolean } | null
    }>(),
  /** Begins to link the own account at the company's provider. `pollSecret` asks for the outcome. */
  'team.beginLink': command(z.strictObject({ language: z.enum(['zh-Hans', 'en']) })).returns<CompanyTicket & { pollSecret: string }>(),
  'team.linkOutcome': command(z.strictObject({ ticket: Uuid, pollSecret: z.string().max(100) })).returns<'waiting' | 'linked'>(),
  'team.cancelLink': command(z.strictObject({ ticket: Uuid, pollSecret: z.string().max(100) })).returns<null>(),
  'team.unlink': command(None).returns<null>(),
  'team.sessions': query(z.strictObject({ memberId: Uuid.nullable() }))
    .dependsOn(() => ['workspace', 'presence'])
    .returns<SessionView[]>(),
  'team.revokeSession': command(z.strictObject({ id: Uuid })).returns<null>(),
  'team.tokens': query(None)
    .dependsOn(() => [])
    .returns<TokenView[]>(),
  'team.createToken': command(
    z.strictObject({
      name: z.string().trim().min(1).max(80),
      kind: z.enum(['personal', 'service']),
      scopes: z.array(TokenScope).min(1),
      days: z.int().min(1).max(366),
    }),
  ).returns<TokenView & { secret: string }>(),
  'team.revokeToken': command(z.strictObject({ id: Uuid })).returns<null>(),
  'team.webhooks': query(None)
    .dependsOn(() => [])
    .returns<WebhookView[]>(),
  'team.addWebhook': command(z.strictObject({ url: z.url().max(2000), events: z.array(z.string().max(60)).min(1).max(40) })).returns<
    WebhookView & { secret: string }
  >(),
  'team.removeWebhook': command(z.strictObject({ id: Uuid })).returns<null>(),
  /** Restricted incidents that nobody in standing may read any more; owners alone are told, and not what is in them. */
  'team.orphanedIncidents': query(None)
    .dependsOn(() => ['workspace'])
    .returns<LeftIncident[]>(),
  /** An owner becomes, with others if so wished, who may read such an incident; the act stands in its log. */
  'team.takeOverIncident': command(z.strictObject({ incidentId: Uuid, members: z.array(Uuid).max(200) })).returns<null>(),
  'team.accessLog': query(z.strictObject({ before: z.int().nullable(), memberId: Uuid.nullable() }))
    .dependsOn(() => [])
    .returns<AccessEntry[]>(),
}

export type TeamApi = typeof teamApi
export type TeamCallName = keyof TeamApi & string
export type TeamCallInput<Name extends TeamCallName> = InputOf<TeamApi[Name]>
export type TeamCallOutput<Name extends TeamCallName> = OutputOf<TeamApi[Name]>

/** How this machine belongs to a team. */
export type Membership =
  /** The hub runs in this app for this machine alone. */
  | { kind: 'alone' }
  /** The hub runs in this app and others may join. */
  | { kind: 'hosting'; port: number; addresses: string[]; fingerprint: string }
  /** The hub runs elsewhere. */
  | { kind: 'joined'; address: string; teamName: string; fingerprint: string | null; login: string }

/** Something written on this device that the hub does not have yet. */
export type UnsentText = { at: number; type: string; text: string }

/** Where a hub is, and its certificate's fingerprint where no authority vouches for it. */
const HubPlace = z.strictObject({ address: z.string().trim().min(3).max(300), fingerprint: z.string().max(120).nullable() })

/** Calls about belonging to a team, answered by the workspace of this machine. */
export const membershipApi = {
  /** How this machine names itself until its user does. */
  'membership.thisDevice': query(None)
    .dependsOn(() => [])
    .returns<{ name: string }>(),
  'membership.state': query(None)
    .dependsOn(() => ['workspace'])
    .returns<Membership>(),
  /** Opens the hub of this machine to others. Port 0 takes a free one. */
  'membership.host': command(
    z.strictObject({ teamName: z.string().trim().min(1).max(80), port: z.int().min(0).max(65_535), login: Login, password: Password }),
  ).returns<Membership>(),
  'membership.stopHosting': command(None).returns<Membership>(),
  /** Reads an invite before anything is done with it. */
  'membership.readInvite': command(z.strictObject({ code: z.string().max(4000) })).returns<{
    teamName: string
    address: string
    role: MemberRole
    expiresAt: number
    kind: 'invite' | 'reset'
    signInWith: SignInWays
  }>(),
  /** How one comes in at a hub, before anything else is asked of it. */
  'membership.signInWays': query(HubPlace)
    .dependsOn(() => [])
    .returns<{ signInWith: SignInWays }>(),
  'membership.join': command(
    z.strictObject({
      code: z.string().max(4000),
      name: MemberName,
      login: Login,
      password: Password,
      device: DeviceName,
      language: z.enum(['zh-Hans', 'en']),
    }),
  ).returns<Membership>(),
  'membership.signIn': command(
    HubPlace.extend({ login: Login, password: z.string().max(200), device: DeviceName, language: z.enum(['zh-Hans', 'en']) }),
  ).returns<Membership>(),
  /** Begins to come in by the company's provider: by an invite (`name` is not needed with a code to come in again), or as a member. */
  'membership.beginCompany': command(
    z.strictObject({
      by: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('invite'), code: z.string().max(4000), name: z.union([MemberName, z.literal('')]) }),
        HubPlace.extend({ kind: z.literal('address') }),
      ]),
      device: DeviceName,
      language: z.enum(['zh-Hans', 'en']),
    }),
  ).returns<CompanyTicket>(),
  /** What became of it; asked again and again until it is not `waiting`. The secret for asking stays with the workspace. */
  'membership.companyOutcome': command(z.strictObject({ ticket: z.uuid() })).returns<'waiting' | Membership>(),
  'membership.cancelCompany': command(z.strictObject({ ticket: z.uuid() })).returns<null>(),
  /** Signs this device out and forgets what it held; refused while something waits to be sent, unless forced. */
  'membership.leave': command(z.strictObject({ force: z.boolean() })).returns<null>(),
  'membership.present': query(None)
    .dependsOn(() => ['presence', 'workspace'])
    .returns<PresenceView[]>(),
  /** What was written here and has not reached the hub: the user's own, even when the device is locked. */
  'membership.unsent': query(None)
    .dependsOn(() => ['workspace'])
    .returns<UnsentText[]>(),
  'membership.look': command(z.strictObject({ place: PresencePlace.nullable() })).returns<null>(),
  /** Asks the hub once more, now, also after it has turned this device away. Resolves when it has answered or is still away. */
  'membership.tryAgain': command(None).returns<null>(),
}
