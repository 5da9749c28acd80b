import { useDeferredValue, useMemo, useState } from 'react'
import type { ConsoleText } from '#contract/agent-wire.ts'
import { indexTexts, searchTexts, type Hit } from '../search/search-texts.ts'
import { groupTexts, type Section } from '../state/sections.ts'
import type { ListGroup } from './TextList.tsx'

type Emotion = NonNullable<ConsoleText['emotion']>
type ListChoice = { section: Section; emotion: Emotion | null; query: string }

/** The rows of the list: what a query finds, else the texts of a section; and the row that the arrow keys have reached. */
export function useList(texts: readonly ConsoleText[], { section, emotion, query }: ListChoice) {
  const [activeId, setActiveId] = useState<string | null>(null)
  const index = useMemo(() => indexTexts(texts), [texts])
  // A keystroke shows at once, its results as soon as they are there.
  const asked = useDeferredValue(query.trim())
  const hits: readonly Hit[] | null = useMemo(() => (asked === '' ? null : searchTexts(index, asked)), [index, asked])
  const groups = useMemo<ListGroup[]>(() => {
    if (hits === null)
      return groupTexts(texts, section, emotion).map(({ scenario, texts: own }) => ({
        key: scenario,
        title: scenario,
        rows: own.map((text) => ({ text, ranges: null })),
      }))
    const fitting = hits.filter(({ text }) => emotion === null || text.emotion === null || text.emotion === emotion)
    return fitting.length === 0 ? [] : [{ key: 'found', title: '', rows: fitting.map(({ text, ranges }) => ({ text, ranges })) }]
  }, [hits, texts, section, emotion])
  const rows = useMemo(() => groups.flatMap((group) => group.rows), [groups])
  const isThere = rows.some(({ text }) => text.id === activeId)
  const active = isThere ? activeId : hits === null ? null : (rows[0]?.text.id ?? null)
  return {
    groups,
    rows,
    activeId: active,
    isSearch: hits !== null,
    /** Moves the active row by one; at an end it stays. */
    move: (by: 1 | -1) => {
      const at = rows.findIndex(({ text }) => text.id === active)
      const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))]
      if (next) setActiveId(next.text.id)
    },
    setActiveId,
  }
}
