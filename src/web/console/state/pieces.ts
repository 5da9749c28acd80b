import type { ConsoleText } from '#contract/agent-wire.ts'
import { isSameVersion } from './console-model.ts'
import { parseVariables } from '#domain/wording/text/variables.ts'

/** Kinds of blocks that are said to a customer; headings order a text, steps tell the agent what to do. */
const SAID: readonly BlockKind[] = ['text', 'empathy', 'reassurance', 'commitment']

type BlockKind = ConsoleText['blocks'][number]['kind']

/** Whether a block of this kind is said to a customer. */
export function isSaid(kind: BlockKind): boolean {
  return SAID.includes(kind)
}

/** What an agent sends when copying a text as a whole: the variant, else what is said to the customer, else the core message. */
export function wholeText(text: ConsoleText, variantId: string | null): string {
  const variant = text.variants.find(({ id }) => id === variantId)
  if (variant) return variant.text
  const said = text.blocks.filter(({ kind }) => isSaid(kind) || (text.kind === 'statement' && kind === 'heading'))
  return said.length > 0 ? said.map((block) => block.text).join('\n') : text.core
}

/** A part of a reply: a copy of a piece of a text, with the version it was taken from. */
export type Piece = { key: string; from: ConsoleText; text: string }

export function addPiece(pieces: readonly Piece[], piece: Piece): Piece[] {
  return [...pieces, piece]
}

export function removePiece(pieces: readonly Piece[], key: string): Piece[] {
  return pieces.filter((piece) => piece.key !== key)
}

/** Moves a piece up (-1) or down (1); at an end it stays. */
export function movePiece(pieces: readonly Piece[], key: string, by: -1 | 1): Piece[] {
  const at = pieces.findIndex((piece) => piece.key === key)
  const [moved, other] = [pieces[at], pieces[at + by]]
  if (!moved || !other) return [...pieces]
  return pieces.map((piece, index) => (index === at ? other : index === at + by ? moved : piece))
}

/** Pieces whose text was changed or withdrawn since they were taken: they must not be sent. */
export function outdatedPieces(pieces: readonly Piece[], texts: readonly ConsoleText[]): Piece[] {
  const current = new Map(texts.map((text) => [text.id, text]))
  return pieces.filter(({ from }) => !isSameVersion(current.get(from.id), from))
}

/** The variables that agents fill, which have a name of their own; see `AGENT_VARIABLES`, which would bring much else into this page. */
export const FILLED_BY_AGENTS = ['order', 'agent', 'time', 'deadline', 'owner'] as const

/** The variables that the agent fills, in the order of the text. */
export function openVariables(texts: readonly string[]): string[] {
  const names = texts.flatMap((text) => parseVariables(text).flatMap((part) => (part.kind === 'variable' ? [part.name] : [])))
  return [...new Set(names)]
}

/** A text with the values that the agent typed; a variable without one stays, so that it is seen. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return parseVariables(text)
    .map((part) => {
      const own = text.slice(part.start, part.end)
      return part.kind === 'variable' ? values[part.name]?.trim() || own : own
    })
    .join('')
}

/** The reply as it is copied: one line or paragraph for each piece. */
export function composeReply(pieces: readonly Piece[], values: Readonly<Record<string, string>>): string {
  return pieces.map(({ text }) => fillIn(text.trim(), values)).join('\n')
}
