import type { LinkAnswer } from '#contract/hub-wire.ts'
import type { ReadyReplica } from './make-ready-replica.ts'

/** What the mirror's thread is told when it starts. */
export type MirrorOrder = { folder: string; file: string; form: string; memberId: string }

export type FromMirror =
  | { kind: 'ask'; id: number; name: string; message: unknown }
  | { kind: 'made'; replica: ReadyReplica | null }
  | { kind: 'failed'; detail: string }

export type ToMirror = { id: number; answer: LinkAnswer }
