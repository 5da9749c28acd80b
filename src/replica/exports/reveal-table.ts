import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import type { RevealView } from '#contract/personal-api.ts'
import type { Cell } from '../tables/write/table-cell.ts'
import type { ReaderWords } from '../words/reader-words.ts'

export function revealHeader({ t }: ReaderWords): string[] {
  return [
    t('exports:reveals.seenAt'),
    t('exports:reveals.recordedAt'),
    t('exports:reveals.by'),
    t('exports:reveals.incident'),
    t('exports:reveals.kind'),
    t('exports:column.id'),
    t('exports:reveals.field'),
    t('exports:reveals.text'),
    t('exports:reveals.reason'),
    t('exports:reveals.words'),
    t('exports:reveals.device'),
    t('exports:reveals.state'),
    t('exports:reveals.member'),
  ]
}

/** Rows under {@link revealHeader}. */
export function* revealRows(reveals: Iterable<RevealView>, { t }: ReaderWords, zone: string): Generator<Cell[]> {
  for (const one of reveals) {
    yield [
      { epochMs: one.at, zone },
      one.pending ? '' : { epochMs: one.recordedAt, zone },
      maskPersonal(one.byName),
      one.incidentTitle,
      one.of.kind,
      one.of.id,
      one.of.field,
      one.excerpt ?? '',
      t(`personal:reason.${one.reason}`),
      one.words,
      one.device,
      one.pending ? t('exports:reveals.pending') : '',
      one.by,
    ]
  }
}
