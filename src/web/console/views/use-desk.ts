import { useEffect, useRef, useState } from 'react'
import type { ConsoleState, ConsoleText } from '#contract/agent-wire.ts'
import { copyText } from '../../page/copy-text.ts'
import { useNow } from '../../page/use-now.ts'
import { useWords } from '../../page/words.tsx'
import type { ConsoleStore } from '../connection/console-store.ts'
import type { ConsoleModel } from '../state/console-model.ts'
import { addPiece, openVariables, outdatedPieces, wholeText } from '../state/pieces.ts'
import { freshnessOf, readingOf } from '../state/reading.ts'
import type { Section } from '../state/sections.ts'
import { refreshed, type OpenText } from './ReadingPane.tsx'
import { useList } from './use-list.ts'
import { useReply } from './use-reply.ts'

type Emotion = NonNullable<ConsoleText['emotion']>
export type Side = 'text' | 'changes' | 'help'

/** What is open on the desk, what is being written, and the acts on it. */
export function useDesk(store: ConsoleStore, model: ConsoleModel, state: ConsoleState) {
  const t = useWords('console')
  const now = useNow(1_000)
  const [section, setSection] = useState<Section>('scripts')
  const [emotion, setEmotion] = useState<Emotion | null>(null)
  const [query, setQuery] = useState('')
  const [side, setSide] = useState<Side>('text')
  const [open, setOpen] = useState<OpenText | null>(null)
  const [isObjecting, setObjecting] = useState(false)
  const [isReplyOpen, setReplyOpen] = useState(false)
  const [toast, setToast] = useToast()
  const search = useRef<HTMLInputElement>(null)
  const list = useList(state.texts, { section, emotion, query })
  const reply = useReply(state.agent.name)

  const freshness = freshnessOf(model.checkedAt, now, state.lockAfter)
  const isText = side === 'text'
  const shown = open && refreshed(open.text, state)
  const reading = shown && readingOf(shown, state, freshness, now + model.ahead)
  const isLocked = (text: ConsoleText) => readingOf(text, state, freshness, now + model.ahead).kind !== 'current'

  const openText = (text: ConsoleText) => {
    store.open(text)
    setOpen({ text, variantId: null })
    setObjecting(false)
    setSide('text')
    list.setActiveId(text.id)
  }
  const choose = (next: Section) => {
    setSection(next)
    setQuery('')
    setSide('text')
    setOpen(null)
  }
  const toggleSide = (wanted: Side) => setSide(side === wanted ? 'text' : wanted)
  const take = (text: ConsoleText, piece: string) => {
    reply.setPieces(addPiece(reply.pieces, { key: crypto.getRandomValues(new Uint32Array(2)).join('-'), from: text, text: piece }))
  }
  const ifUsable = (act: (text: ConsoleText, whole: string) => void) => () => {
    if (shown && isText && reading?.kind === 'current') act(shown, wholeText(shown, open?.variantId ?? null))
  }
  const openActive = () => {
    const row = list.rows.find(({ text }) => text.id === list.activeId) ?? list.rows[0]
    if (row) openText(row.text)
  }
  const focusSearch = () => {
    search.current?.focus()
    search.current?.select()
  }
  const onCopied = (copied: string, from: readonly ConsoleText[]) => {
    for (const text of new Set(from)) store.note('copied', text)
    const names = openVariables([copied]).map((name) => `{${name}}`)
    setToast(names.length > 0 ? t('copy.copiedOpen', { names: names.join(' ') }) : t('copy.copied'))
  }
  const copy = async (text: string, from: readonly ConsoleText[]) => {
    if (await copyText(text)) onCopied(text, from)
    else setToast(t('copy.refused'))
  }
  const isReplyBlocked = outdatedPieces(reply.pieces, state.texts).length > 0 || reply.pieces.some(({ from }) => isLocked(from))
  return {
    now,
    section,
    emotion,
    setEmotion,
    query,
    setQuery,
    side,
    setSide,
    open,
    setOpen,
    isObjecting,
    setObjecting,
    isReplyOpen,
    setReplyOpen,
    toast,
    setToast,
    search,
    list,
    reply,
    freshness,
    shown,
    reading,
    isLocked,
    isReplyBlocked,
    openText,
    choose,
    take,
    toggleSide,
    ifUsable,
    openActive,
    focusSearch,
    onCopied,
    copy,
  }
}

export type DeskState = ReturnType<typeof useDesk>

/** A short message that goes away by itself. */
function useToast(): [string, (message: string) => void] {
  const [toast, setToast] = useState('')
  useEffect(() => {
    if (toast === '') return
    const timer = setTimeout(() => setToast(''), 1_500)
    return () => clearTimeout(timer)
  }, [toast])
  return [toast, setToast]
}
