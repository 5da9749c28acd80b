import { z } from 'zod'
import { Uuid } from '#domain/log/ids.ts'
import { LATEST_TERM, MemberName, MemberRole } from '#domain/members/member.ts'
import { agentsApi } from './agents-api.ts'
import { command, query, type InputOf, type OutputOf } from './procedure.ts'

/** A sign-in name: an e-mail address or a short name, case-insensitive. */
export const Login = z.string().trim().toLowerCase().min(2).max(80).regex(/^\S+$/u)

/** NIST SP 800-63B: length is what counts; at the rate limit, 72 h of guessing do not find a password of eight characters. */
export const PASSWORD_MIN = 8
export const Password = z.string().min(PASSWORD_MIN).max(200)

export const DeviceName = z.string().trim().min(1).max(80)

/** The contract period of an outside vendor, milliseconds since 1970 (000-20: the list of vendors changes monthly). */
export const VendorTerm = z.strictObject({
  company: z.string().trim().min(1).max(80),
  from: z.int().min(0),
  until: z.int().min(0).max(LATEST_TERM),
})

export const InviteRequest = z.strictObject({
  role: MemberRole,
  vendor: VendorTerm.nullable(),
  /** For whom the invite is, so that the list of open invites is readable. */
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

/** An invite; it works once. `code` contains the hub's addresses and its certificate fingerprint. */
export type FreshInvite = InviteView & { code: string }

export type SessionView = {
  id: string
  memberId: string
  device: string
  createdAt: number
  lastSeenAt: number
  /** Whether it is the requesting session. */
  own: boolean
  connected: boolean
}

/** What a token may be allowed. Older tokens may hold scopes that no longer exist; these allow nothing. */
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
  'wordings:read',
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

/** Kinds of events in the access log; a newer hub may write others. */
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
  'agent-added',
  'agent-ended',
  'agent-restored',
  'agent-number-freed',
  'agent-password-reset',
  'agent-link-made',
  'agent-link-ended',
] as const
export type AccessKind = (typeof ACCESS_KINDS)[number]

export type AccessEntry = { id: string; at: number; memberId: string | null; what: string; about: string; device: string }

/** How to sign in at a hub: by password, and by the company's OpenID Connect provider under its display name. */
export type SignInWays = { password: boolean; openIdConnect: string | null }

/** A started sign-in at the company's provider: the URL for the browser, and the code to compare when it returns. */
export type CompanyTicket = { ticket: string; authorizeUrl: string; code: string; expiresAt: number }

export type TeamView = {
  hubId: string
  name: string
  version: string
  /** Addresses at which it can be reached, most useful first. */
  addresses: string[]
  /** SHA-256 of its certificate, upper-case hex with colons; null without TLS. */
  fingerprint: string | null
  engine: 'sqlite' | 'postgres'
  signInWith: SignInWays
  startedAt: number
}

/** A member's presence focus: a page of the app, a part of it, and the entity that is open there. */
export const PresenceFocus = z.strictObject({
  page: z.string().max(40),
  incidentId: z.uuid().nullable(),
  /** A part of the page: a tab, or an open form. Readers ignore values that they do not know. */
  part: z.string().max(40).nullable(),
  entityId: z.string().max(80).nullable(),
  /** True while the member types there. */
  writing: z.boolean(),
})
export type PresenceFocus = z.infer<typeof PresenceFocus>

export type PresenceView = { memberId: string; device: string; place: PresenceFocus | null; since: number }

/** A restricted incident without any active named member. */
export type LeftIncident = { incidentId: string; declaredAt: number; members: string[] }

const None = z.strictObject({})

/** Calls that only the hub can answer. Without a connection a replica answers them with `hub-unreachable`. */
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
  /** `company` is null if the hub has no provider; with `only` passwords are disabled. */
  'team.login': query(None)
    .dependsOn(() => ['workspace'])
    .returns<{
      login: string | null
      hasPassword: boolean
      company: { name: string; linked: boolean; only: boolean } | null
    }>(),
  /** Starts linking one's own account at the company's provider. `pollSecret` is needed to poll the outcome. */
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
  /** Restricted incidents that no active member may read any more; visible to owners only, without their content. */
  'team.orphanedIncidents': query(None)
    .dependsOn(() => ['workspace'])
    .returns<LeftIncident[]>(),
  /** Lets an owner, and others if given, read such an incident; the takeover is recorded in its log. */
  'team.takeOverIncident': command(z.strictObject({ incidentId: Uuid, members: z.array(Uuid).max(200) })).returns<null>(),
  /**
   * The evidence of the approval of a text, as an HTML file that the hub signs. `zone`: for the times in it. `keyFingerprint`:
   * SHA-256 of the hub's public key.
   */
  'team.approvalEvidence': command(z.strictObject({ incidentId: z.uuid().nullable(), revisionId: z.uuid(), zone: z.string().max(60) }), {
    shows: ['html', 'hash', 'keyFingerprint'],
  }).returns<{ html: string; keyFingerprint: string; number: number; hash: string }>(),
  'team.accessLog': query(z.strictObject({ before: z.int().nullable(), memberId: Uuid.nullable() }))
    .dependsOn(() => [])
    .returns<AccessEntry[]>(),
  ...agentsApi,
}

export type TeamApi = typeof teamApi
export type TeamCallName = keyof TeamApi & string
export type TeamCallInput<Name extends TeamCallName> = InputOf<TeamApi[Name]>
export type TeamCallOutput<Name extends TeamCallName> = OutputOf<TeamApi[Name]>

/** The relation of this machine to a team. */
export type Membership =
  /** The hub runs in this app, for this machine only. */
  | { kind: 'alone' }
  /** The hub runs in this app, and others may join. */
  | { kind: 'hosting'; port: number; addresses: string[]; fingerprint: string }
  /** The hub runs elsewhere. */
  | { kind: 'joined'; address: string; teamName: string; fingerprint: string | null; login: string }

/** A text written on this device that has not reached the hub yet. */
export type UnsentText = { at: number; type: string; text: string }

/** Address of a hub, and the fingerprint of its certificate if no authority vouches for it. */
const HubPlace = z.strictObject({ address: z.string().trim().min(3).max(300), fingerprint: z.string().max(120).nullable() })

/** Calls about team membership, answered by the workspace of this machine. */
export const membershipApi = {
  /** The default name of this machine, until its user sets one. */
  'membership.thisDevice': query(None)
    .dependsOn(() => [])
    .returns<{ name: string }>(),
  'membership.state': query(None)
    .dependsOn(() => ['workspace'])
    .returns<Membership>(),
  /** Opens the hub of this machine to others. Port 0 selects a free port. */
  'membership.host': command(
    z.strictObject({ teamName: z.string().trim().min(1).max(80), port: z.int().min(0).max(65_535), login: Login, password: Password }),
  ).returns<Membership>(),
  'membership.stopHosting': command(None).returns<Membership>(),
  /** Reads an invite without using it. */
  'membership.readInvite': command(z.strictObject({ code: z.string().max(4000) })).returns<{
    teamName: string
    address: string
    role: MemberRole
    expiresAt: number
    kind: 'invite' | 'reset'
    signInWith: SignInWays
  }>(),
  /** The sign-in methods of a hub; the first request before any other. */
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
  /** Starts a sign-in by the company's provider: with an invite (a code for signing in again needs no `name`), or as a member. */
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
  /** The outcome of the sign-in; poll until it is not `waiting`. The poll secret stays in the workspace. */
  'membership.companyOutcome': command(z.strictObject({ ticket: z.uuid() })).returns<'waiting' | Membership>(),
  'membership.cancelCompany': command(z.strictObject({ ticket: z.uuid() })).returns<null>(),
  /** Signs this device out and deletes its data; refused while ops are still pending, unless forced. */
  'membership.leave': command(z.strictObject({ force: z.boolean() })).returns<null>(),
  'membership.present': query(None)
    .dependsOn(() => ['presence', 'workspace'])
    .returns<PresenceView[]>(),
  /** Texts written here that have not reached the hub; they belong to the user and are available even when the device is locked. */
  'membership.unsent': query(None)
    .dependsOn(() => ['workspace'])
    .returns<UnsentText[]>(),
  'membership.look': command(z.strictObject({ place: PresenceFocus.nullable() })).returns<null>(),
  /** Contacts the hub again immediately, also after it refused this device. Resolves when the hub has answered or is still unreachable. */
  'membership.tryAgain': command(None).returns<null>(),
}
