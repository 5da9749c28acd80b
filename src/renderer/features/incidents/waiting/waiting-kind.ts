import type { WaitingItem } from '#contract/command-api.ts'
import type { ReactNode } from 'react'

type ItemOf<Kind extends WaitingItem['kind']> = Extract<WaitingItem, { kind: Kind }>

/** The display of a waiting item: what it is, its state, and the one action that settles it or opens it. */
export type WaitingParts = {
  /** Unique among the waiting items of one incident. */
  key: string
  path: string
  what: ReactNode
  act: ReactNode
}

export type WaitingKind = { kind: WaitingItem['kind']; parts(item: WaitingItem, now: number): WaitingParts | null }

function isOf<Kind extends WaitingItem['kind']>(item: WaitingItem, kind: Kind): item is ItemOf<Kind> {
  return item.kind === kind
}

/** Defines the display of one kind of item. `now` is exact to the minute. */
export function waitingKind<Kind extends WaitingItem['kind']>(
  kind: Kind,
  parts: (item: ItemOf<Kind>, now: number) => WaitingParts,
): WaitingKind {
  return { kind, parts: (item, now) => (isOf(item, kind) ? parts(item, now) : null) }
}
