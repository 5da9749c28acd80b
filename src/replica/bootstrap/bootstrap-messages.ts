import type { LinkAnswer } from '#contract/hub-wire.ts'
import type { BootstrapSnapshot } from './make-bootstrap-snapshot.ts'

/** What the bootstrap worker receives when it starts. */
export type BootstrapOrder = { folder: string; file: string; form: string; memberId: string }

export type FromBootstrap =
  | { kind: 'ask'; id: number; name: string; message: unknown }
  | { kind: 'made'; replica: BootstrapSnapshot | null }
  | { kind: 'failed'; detail: string }

export type ToBootstrap = { id: number; answer: LinkAnswer }
