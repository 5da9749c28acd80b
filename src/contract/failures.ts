import { RefusalCode } from '#domain/log/refusal.ts'
import { z } from 'zod'

/**
 * Every expected failure of the UI contract. Each has one sentence in every language
 * (`resources/locales/<language>/failures.json`) with `params` as its variables. Any other error is a fault and is reported
 * as `internal` with a detail for the log.
 */
export const FailureCode = z.enum([
  ...RefusalCode.options,
  'bad-input', // the call does not match the contract; params.detail
  'unknown-call',
  'internal',
  'disconnected',
  'not-set-up', // first run is not finished
  'read-only', // the database was opened read-only
  'database-trouble', // damaged, of a newer version, or missing; see the trouble screen
  'not-saved', // disk full or failing; params.detail
  'file-not-found',
  'file-not-readable',
  'file-not-text',
  'file-ending',
  'file-too-large', // params.size, params.limit, bytes
  'file-empty',
  'file-changed', // while it was read
  'upload-unknown',
  'upload-out-of-order',
  'access-lost', // written offline in an incident that this member may no longer read
  'text-overtaken', // accepted, then overwritten by a member who had not seen it; params.field, params.by, params.byName
  'evidence-missing', // the hash is known, but the content is not on this machine
  'import-unknown',
  'import-busy',
  'mapping-incomplete', // params.field
  'contact-address', // params.problem of `AddressProblem`, params.address
  'share-out-of-range', // params.value: a share must be between 0 and 100 %
  'table-unreadable', // params.code of the table reader with its params
  'query-empty',
  'backup-unknown',
  'backup-damaged',
  'export-unknown',
  'hub-unreachable', // the team's hub does not respond; params.address, params.detail
  'not-a-hub', // the address responds, but not as a Stormroom hub
  'hub-certificate-differs', // not the certificate named in the invite
  'hub-not-secure', // the connection is not encrypted; params.address
  'invite-malformed',
  'invite-unknown',
  'invite-expired', // params.at
  'invite-used',
  'member-known', // an invite used by a person whom the hub already knows
  'code-of-another', // a reset code for a member other than this device's
  'invite-withdrawn',
  'login-taken', // params.login
  'sign-in-failed',
  'password-wrong',
  'locked-out', // params.until
  'too-many-requests',
  'too-many-links', // of one session, at the same time
  'already-in-a-team',
  'demo-stays-alone', // the demo workspace cannot be shared
  'not-hosting',
  'already-served',
  'port-not-free', // params.port
  'session-unknown',
  'nothing-masked', // the text holds nothing masked
  'mask-unclear', // the edit covers a masked text, and the number it stands for is ambiguous
  'still-pending', // params.count
  'locked', // params.reason
  'token-invalid',
  'token-scope', // params.scope
  'idempotency-mismatch',
  'idempotency-busy',
  'webhook-address', // params.detail
  'oidc-not-offered', // no OpenID Connect provider is configured at this hub
  'oidc-provider-down', // params.name, the display name of the provider; also in the failures below
  'oidc-refused', // the provider rejected the sign-in
  'oidc-mismatch', // the answer does not match the request
  'oidc-not-member', // no member is linked to this account
  'oidc-taken', // linked to another member
  'oidc-declined', // declined by the user in the browser
  'oidc-expired', // the sign-in has expired, was already used, or never existed
  'oidc-only', // passwords are disabled
  'oidc-last-way', // it is the member's last way to sign in
  'not-a-demo', // only a demo can be paused or resumed
])
export type FailureCode = z.infer<typeof FailureCode>

export type Failure = { code: FailureCode; params: Record<string, string | number> }

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** A success. */
export function done<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** An expected failure. */
export function fail(code: FailureCode, params: Record<string, string | number> = {}): { ok: false; failure: Failure } {
  return { ok: false, failure: { code, params } }
}
