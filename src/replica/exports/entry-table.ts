import type { Entity } from '#domain/log/entity.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import type { Cell } from '../tables/write/table-cell.ts'
import type { ExportWords } from './export-words.ts'

/** Header of the timeline as a table. */
export function entryHeader({ headings: h }: ExportWords): string[] {
  return [h.happened, h.recorded, h.kind, h.text, h.reason, h.decidedBy, h.turningPoint, h.tags, h.starred, h.author, h.evidence, h.comments, h.corrections, h.sourceLine, h.id]
}

/** Rows under {@link entryHeader}. */
export function* entryRows(entries: Iterable<Entity<EntryState>>, words: ExportWords, zone: string, names: (id: string) => string): Generator<Cell[]> {
  for (const { id, state } of entries) {
    yield [
      { epochMs: state.happenedAt, zone },
      { epochMs: state.recordedAt, zone },
      words.kinds[state.kind],
      state.text,
      state.decision?.reason ?? '',
      state.decision?.decidedBy ?? '',
      state.turningPoint ? words.turningPoints[state.turningPoint] : '',
      state.tags.join(' '),
      state.starred ? '★' : '',
      names(state.author),
      state.evidence.map((file) => `${file.name} ${file.hash}`).join('\n'),
      state.comments.map((comment) => `${names(comment.author)}: ${comment.text}`).join('\n'),
      state.corrections.length,
      state.sourceLine,
      id,
    ]
  }
}
