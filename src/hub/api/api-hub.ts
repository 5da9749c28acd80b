import type { HubCore } from '../core/hub-core.ts'
import type { IdempotencyKeys } from './idempotency-keys.ts'
import type { Tokens } from './tokens.ts'

/** What the API needs of a hub. */
export type ApiHub = Pick<HubCore, 'hub' | 'now' | 'about' | 'readMember' | 'submit' | 'isNotSaved'> & {
  metrics: Pick<HubCore['metrics'], 'overQuota' | 'requested'>
  tokens: Tokens
  idempotencyKeys: IdempotencyKeys
}
