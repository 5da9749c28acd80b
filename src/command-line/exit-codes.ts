import type { Failure, FailureCode } from '#contract/failures.ts'

/** Exit codes that scripts may rely on; `stormroom --help` lists them. */
export const EXIT = { done: 0, failed: 1, usage: 2, notFound: 3, badInput: 4, damaged: 5, interrupted: 130 } as const

/** Failures of the command line itself, beyond those of the contract. Each has a sentence in `command-line.json`. */
const OWN_FAILURES = {
  usage: EXIT.usage,
  'output-taken': EXIT.usage, // --json and --out - both want standard output
  'incident-unknown': EXIT.notFound,
  'incident-ambiguous': EXIT.notFound,
  'data-folder-missing': EXIT.notFound,
  'field-unknown': EXIT.usage,
  'column-unknown': EXIT.badInput,
  'rows-refused': EXIT.badInput,
  'no-rows': EXIT.badInput,
  'wording-file': EXIT.badInput,
  'wording-blocked': EXIT.badInput,
  'wording-no-revision': EXIT.notFound,
  'wording-evidence': EXIT.damaged,
  'wording-unapproved': EXIT.failed,
  damaged: EXIT.damaged,
  'newer-version': EXIT.failed,
  'member-missing': EXIT.failed,
  'already-set-up': EXIT.failed,
  'file-exists': EXIT.failed,
  'file-not-written': EXIT.failed,
  'output-closed': EXIT.failed,
  'port-taken': EXIT.failed,
  'not-built': EXIT.failed,
  'desktop-failed': EXIT.failed,
  'hub-config-file': EXIT.badInput,
  'hub-config-value': EXIT.usage,
  'hub-secret-in-flag': EXIT.usage,
  'hub-oidc-incomplete': EXIT.usage,
  'hub-oidc-issuer': EXIT.usage,
  'hub-oidc-address-missing': EXIT.usage,
  'hub-oidc-address': EXIT.usage,
  'hub-data-folder': EXIT.failed,
  'hub-certificate': EXIT.badInput,
  'hub-metrics-token': EXIT.badInput,
  'hub-key-missing': EXIT.notFound,
  'hub-key-other': EXIT.badInput,
  'hub-key-unreadable': EXIT.badInput,
  'hub-host': EXIT.failed,
  'hub-database': EXIT.failed,
  'hub-database-unsafe': EXIT.failed,
  'hub-database-foreign': EXIT.failed,
  'hub-postgres-backup': EXIT.usage,
  'password-unfit': EXIT.badInput,
  interrupted: EXIT.interrupted,
} as const

export type OwnFailureCode = keyof typeof OWN_FAILURES
export type CommandFailure = { code: OwnFailureCode | FailureCode; params: Failure['params'] }

const CONTRACT_EXITS: Partial<Record<FailureCode, number>> = {
  'query-empty': EXIT.usage,
  'not-found': EXIT.notFound,
  'file-not-found': EXIT.notFound,
  'import-unknown': EXIT.notFound,
  'bad-input': EXIT.badInput,
  malformed: EXIT.badInput,
  'file-not-readable': EXIT.badInput,
  'file-not-text': EXIT.badInput,
  'file-ending': EXIT.badInput,
  'file-too-large': EXIT.badInput,
  'file-empty': EXIT.badInput,
  'file-changed': EXIT.badInput,
  'table-unreadable': EXIT.badInput,
  'mapping-incomplete': EXIT.badInput,
  'backup-damaged': EXIT.damaged,
}

/** Whether a failure is one of the command line's own, worded in its own namespace. */
export function isOwnFailure(code: string): code is OwnFailureCode {
  return Object.hasOwn(OWN_FAILURES, code)
}

/** The exit code of a failure. */
export function exitCodeOf({ code }: CommandFailure): number {
  return isOwnFailure(code) ? OWN_FAILURES[code] : (CONTRACT_EXITS[code] ?? EXIT.failed)
}

/** The codes a failure can end with, each with its key in `command-line.json`. */
export const EXIT_MEANINGS = Object.entries(EXIT).map(([name, code]) => ({ name, code }))

/** Shorthand for a failed outcome. */
export function failed(code: CommandFailure['code'], params: Failure['params'] = {}): { ok: false; failure: CommandFailure } {
  return { ok: false, failure: { code, params } }
}
