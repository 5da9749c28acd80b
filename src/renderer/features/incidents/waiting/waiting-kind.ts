import type { WaitingItem } from '#contract/command-api.ts'
import type { ReactNode } from 'react'

type ItemOf<Kind extends WaitingItem['kind']> = Extract<WaitingItem, { kind: Kind }>

/** How one thing that waits is shown: what it is, where it stands, and the one act that settles it or leads to it. */
export type WaitingParts = {
  /** Unique among what waits in one incident. */
  key: string
  path: string
  what: ReactNode
  act: ReactNode
}

export type WaitingKind = { kind: WaitingItem['kind']; parts(item: WaitingItem, now: number): WaitingParts | null }

function isOf<Kind extends WaitingItem['kind']>(item: WaitingItem, kind: Kind): item is ItemOf<Kind> {
  return item.kind === kind
}

/** Tells how the items of one kind are shown. `now` is exact to the minute. */
export function waitingKind<Kind extends WaitingItem['kind']>(
  kind: Kind,
  parts: (item: ItemOf<Kind>, now: number) => WaitingParts,
): WaitingKind {
  return { kind, parts: (item, now) => (isOf(item, kind) ? parts(item, now) : null) }
}
