import { RefusalCode } from '#domain/log/refusal.ts'
import { z } from 'zod'

/**
 * Everything that may go wrong across the UI contract and is expected to. Each has one sentence in every language
 * (`resources/locales/<language>/failures.json`); `params` are what the sentence names. Anything else is a fault and is
 * reported as `internal` with a detail for the log.
 */
export const FailureCode = z.enum([
  ...RefusalCode.options,
  'bad-input', // the call does not fit the contract; params.detail
  'unknown-call',
  'internal',
  'disconnected',
  'not-set-up', // first run is not finished
  'read-only', // the database was opened read-only
  'database-trouble', // damaged, of a newer version, or missing: the trouble screen says which
  'not-saved', // disk full or failing; params.detail
  'file-not-found',
  'file-not-readable',
  'file-too-large', // params.size, params.limit, bytes
  'file-empty',
  'file-changed', // while it was being read
  'upload-unknown',
  'upload-out-of-order',
  'access-lost', // written offline in an incident that this member may no longer see
  'text-overtaken', // accepted, then written over by somebody who had not seen it; params.field, params.by, params.byName
  'evidence-missing', // known by hash, but its content is not on this machine
  'import-unknown',
  'import-busy',
  'mapping-incomplete', // params.field
  'contact-address', // params.problem of `AddressProblem`, params.address
  'share-out-of-range', // params.value: a share lies between 0 and 100 %
  'table-unreadable', // params.code of the table reader and its params
  'query-empty',
  'backup-unknown',
  'backup-damaged',
  'export-unknown',
  'hub-unreachable', // the team's hub does not answer; params.address, params.detail
  'not-a-hub', // something answers there, but it is not ours
  'hub-certificate-differs', // not the certificate of the invite
  'hub-not-secure', // what is sent there could be read on the way; params.address
  'invite-malformed',
  'invite-unknown',
  'invite-expired', // params.at
  'invite-used',
  'member-known', // an invite, by somebody whom the hub knows already
  'code-of-another', // a reset code of another member than this device's
  'invite-withdrawn',
  'login-taken', // params.login
  'sign-in-failed',
  'password-wrong',
  'locked-out', // params.until
  'too-many-requests',
  'too-many-links', // of one session, at once
  'already-in-a-team',
  'demo-stays-alone', // the story of a demo is not for others
  'not-hosting',
  'already-served',
  'port-not-free', // params.port
  'session-unknown',
  'nothing-masked', // a text that shows all it holds
  'mask-unclear', // written over a masked text, and nobody can say which number is meant
  'still-pending', // params.count
  'locked', // params.reason
  'token-invalid',
  'token-scope', // params.scope
  'idempotency-mismatch',
  'idempotency-busy',
  'webhook-address', // params.detail
  'oidc-not-offered', // this hub knows no provider of company accounts
  'oidc-provider-down', // params.name, what people call the accounts; so in those below
  'oidc-refused', // the provider said no
  'oidc-mismatch', // its answer does not belong to what was asked
  'oidc-not-member', // nobody in the team has this account
  'oidc-taken', // another member has it
  'oidc-declined', // said in the browser that it was not them
  'oidc-expired', // this sign-in is over, was used, or never was
  'oidc-only', // passwords are of no use here
  'oidc-last-way', // no other way in would remain
  'not-a-demo', // only a demo can be paused or told on
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
