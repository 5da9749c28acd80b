import type { KeyEntry } from '#contract/overview-api.ts'
import { EntryKindMark } from '#ui/EntryKindMark.tsx'
import { useEntryWords } from '#ui/entry-words.ts'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { wordOffset, type AlignedRow } from './alignment.ts'
import styles from './AlignedTimelines.module.css'

type Side = { incidentId: string; zero: number }
type Props = { rows: readonly AlignedRow[]; a: Side; b: Side; cursor: number; slot: number; onPick: (offset: number) => void }

/** Both timelines side by side, aligned by incident age: A on the left, B on the right, with a line across at the start of each phase. */
export function AlignedTimelines({ rows, a, b, cursor, slot, onPick }: Props) {
  const { t } = useTranslation('compare')
  const here = useRef<HTMLTableRowElement>(null)
  const stoodAt = useRef(cursor)
  useEffect(() => {
    // Not on the first render: the page stays at its top.
    if (stoodAt.current !== cursor) here.current?.scrollIntoView({ block: 'nearest' })
    stoodAt.current = cursor
  }, [cursor])
  const cell = (side: Side, entries: readonly KeyEntry[]) => (
    <td>
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} side={side} now={entry.at - side.zero === cursor} onPick={onPick} />
      ))}
    </td>
  )
  return (
    <table className={styles['rows']}>
      <caption className="visually-hidden">{t('timelines')}</caption>
      <colgroup>
        <col />
        <col className={styles['age']} />
        <col />
      </colgroup>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">A</th>
          <th scope="col">{t('age')}</th>
          <th scope="col">B</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const current = row.slot === slot
          return (
            <tr key={row.slot} ref={current ? here : null} aria-current={current ? 'step' : undefined} data-opens={row.opens ?? undefined}>
              {cell(a, row.a)}
              <th scope="row">
                {row.opens && <small className={styles['phase']}>{t(`phase.${row.opens}`)}</small>}
                {wordOffset(row.slot, t)}
              </th>
              {cell(b, row.b)}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Entry({ entry, side, now, onPick }: { entry: KeyEntry; side: Side; now: boolean; onPick: (offset: number) => void }) {
  const words = useEntryWords()
  const { t } = useTranslation('compare')
  const offset = entry.at - side.zero
  return (
    <article className={styles['entry']} data-now={now || undefined} data-kind={entry.kind}>
      <p className={styles['head']}>
        <button type="button" onClick={() => onPick(offset)} title={t('standHere')}>
          {wordOffset(offset, t)}
        </button>
        <EntryKindMark kind={entry.kind} turningPoint={entry.turningPoint} />
        {entry.starred && (
          <span title={t('starred')}>
            ★<span className="visually-hidden"> {t('starred')}</span>
          </span>
        )}
      </p>
      <Link to={`/incidents/${side.incidentId}?entry=${entry.id}`}>{words(entry)}</Link>
    </article>
  )
}
