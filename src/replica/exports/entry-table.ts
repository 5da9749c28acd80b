import type { Entity } from '#domain/log/entity.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import type { Cell } from '../tables/write/table-cell.ts'
import type { ReaderWords } from '../words/reader-words.ts'
import { readOr } from './read-or.ts'

/** How entries are written as rows; `names` returns a member's name by id. */
export type EntryTable = { words: ReaderWords; zone: string; ids: boolean; names(id: string): string }

/** Header of the timeline as a table. @param ids whether to add the columns for tracing: lines of imported files, and ids */
export function entryHeader({ t }: ReaderWords, ids: boolean): string[] {
  return [
    t('exports:column.happened'),
    t('exports:column.recorded'),
    t('imports:role.kind'),
    t('imports:role.text'),
    t('timeline:decision.reason'),
    t('timeline:decision.decidedBy'),
    t('terms:kind.turning-point'),
    t('imports:role.tags'),
    t('exports:starred'),
    t('exports:column.author'),
    t('timeline:evidence.title'),
    t('exports:column.comments'),
    t('exports:column.corrections'),
    ...(ids ? [t('exports:column.sourceLine'), t('exports:column.id')] : []),
  ]
}

/** Rows under {@link entryHeader}. An entry that cannot be read keeps its row. */
export function* entryRows(entries: Iterable<Entity<EntryState>>, { words, zone, names, ids }: EntryTable): Generator<Cell[]> {
  for (const entry of entries) {
    yield readOr(
      () => entryCells(entry, { words, zone, names, ids }),
      () => ['', '', '', words.t('exports:unreadable')],
    )
  }
}

function entryCells({ id, state }: Entity<EntryState>, { words, zone, names, ids }: EntryTable): Cell[] {
  const { t } = words
  const cells: (Cell | undefined)[] = [
    { epochMs: state.happenedAt, zone },
    { epochMs: state.recordedAt, zone },
    t(`terms:kind.${state.kind}`),
    words.entry(state),
    state.decision?.reason ?? '',
    state.decision?.decidedBy ?? '',
    state.turningPoint ? t(`terms:turningPoint.${state.turningPoint}`) : '',
    state.tags.join(' '),
    state.starred ? '★' : '',
    names(state.author),
    state.evidence.map((file) => `${file.name} ${file.hash}`).join('\n'),
    state.comments.map((comment) => `${names(comment.author)}: ${comment.text}`).join('\n'),
    state.corrections.length,
    ...(ids ? [state.sourceLine, id] : []),
  ]
  return cells.map((cell) => cell ?? null)
}
