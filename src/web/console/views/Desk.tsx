import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ConsoleState, ConsoleText } from '#contract/agent-wire.ts'
import { EMOTIONS } from '#domain/wording/wording.ts'
import { copyText } from '../../page/copy-text.ts'
import { useKeys } from '../../page/keys.ts'
import { useNow } from '../../page/use-now.ts'
import { useWords } from '../../page/words.tsx'
import { useAlarm } from '../alarm.ts'
import type { ConsoleStore } from '../connection/console-store.ts'
import { bannerTexts, missedOf, urgentTexts, type ConsoleModel } from '../state/console-model.ts'
import { addPiece, composeReply, fillIn, openVariables, outdatedPieces, wholeText } from '../state/pieces.ts'
import { freshnessOf, readingOf } from '../state/reading.ts'
import { countSections, SECTIONS, type Section } from '../state/sections.ts'
import { Banners } from './Banners.tsx'
import { ChangesPage } from './ChangesPage.tsx'
import { HeaderBar, OfflineBar } from './HeaderBar.tsx'
import { HelpPanel } from './HelpPanel.tsx'
import { MissedPanel } from './MissedPanel.tsx'
import { ReadingPane, refreshed, type OpenText } from './ReadingPane.tsx'
import { ReplyPanel } from './ReplyPanel.tsx'
import { SearchField } from './SearchField.tsx'
import { TextList } from './TextList.tsx'
import { UrgentScreen } from './UrgentScreen.tsx'
import { useList } from './use-list.ts'
import { useReply } from './use-reply.ts'
import { useSingleKeys } from './use-single-keys.ts'
import styles from './Desk.module.css'

type DeskProps = { store: ConsoleStore; model: ConsoleModel; state: ConsoleState }
type Emotion = NonNullable<ConsoleText['emotion']>
type Side = 'text' | 'changes' | 'help'

/** The desk of an agent who is signed in. */
export function Desk({ store, model, state }: DeskProps) {
  const t = useWords('console')
  const now = useNow(1_000)
  const alarm = useAlarm()
  const [section, setSection] = useState<Section>('scripts')
  const [emotion, setEmotion] = useState<Emotion | null>(null)
  const [query, setQuery] = useState('')
  const [side, setSide] = useState<Side>('text')
  const [open, setOpen] = useState<OpenText | null>(null)
  const [isObjecting, setObjecting] = useState(false)
  const [isReplyOpen, setReplyOpen] = useState(false)
  const [single, setSingle] = useSingleKeys()
  const [toast, setToast] = useToast()
  const search = useRef<HTMLInputElement>(null)
  const list = useList(state.texts, { section, emotion, query })
  const reply = useReply(state.agent.name)

  const freshness = freshnessOf(model.checkedAt, now, state.lockAfter)
  const counts = useMemo(() => countSections(state.texts), [state.texts])
  const urgent = urgentTexts(model)
  const [firstUrgent] = urgent
  const missed = missedOf(model)
  const isCovered = urgent.length > 0 || missed.length > 0
  const isText = side === 'text'
  const shown = open && refreshed(open.text, state)
  const reading = shown && readingOf(shown, state, freshness, now + model.ahead)
  const ranges = list.rows.find(({ text }) => text.id === shown?.id)?.ranges ?? null
  const isLocked = (text: ConsoleText) => readingOf(text, state, freshness, now + model.ahead).kind !== 'current'

  const openText = (text: ConsoleText) => {
    store.open(text)
    setOpen({ text, variantId: null })
    setObjecting(false)
    setSide('text')
    list.setActiveId(text.id)
  }
  const onShown = useCallback((text: ConsoleText) => store.note('shown', text), [store])
  const choose = (next: Section) => {
    setSection(next)
    setQuery('')
    setSide('text')
    setOpen(null)
  }
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

  const back = () => {
    if (isObjecting) setObjecting(false)
    else if (side !== 'text') setSide('text')
    else if (query !== '') setQuery('')
    else if (isReplyOpen) setReplyOpen(false)
    else setOpen(null)
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }
  const acts = {
    '/': focusSearch,
    'Ctrl+k': focusSearch,
    ...Object.fromEntries(SECTIONS.map((one, index) => [String(index + 1), () => choose(one)])),
    h: () => choose('handover'),
    n: () => setSide(side === 'changes' ? 'text' : 'changes'),
    '?': () => setSide(side === 'help' ? 'text' : 'help'),
    j: () => list.move(1),
    k: () => list.move(-1),
    c: ifUsable((text, whole) => void copy(fillIn(whole, reply.values), [text])),
    a: ifUsable(take),
    r: () => {
      if (reply.pieces.length === 0 || isReplyBlocked) return
      void copy(
        composeReply(reply.pieces, reply.values),
        reply.pieces.map(({ from }) => from),
      )
    },
    w: ifUsable((text) => {
      store.note('worked', text)
      setToast(t('feedback.noted'))
    }),
    o: ifUsable(() => setObjecting(true)),
    Escape: back,
  }
  useKeys(isCovered ? {} : acts, single)

  return (
    <>
      <div className={styles.desk} inert={isCovered}>
        <HeaderBar
          state={state}
          freshness={freshness}
          waiting={store.waiting()}
          alarm={alarm}
          onHelp={acts['?']}
          onLeave={() => void store.leave()}
          search={
            <SearchField
              field={search}
              query={query}
              activeId={list.activeId}
              found={list.rows.length}
              onQuery={(next) => {
                setQuery(next)
                list.setActiveId(null)
                setSide('text')
              }}
              onMove={list.move}
              onOpen={openActive}
            />
          }
        />
        <OfflineBar freshness={freshness} now={now} />
        <Banners texts={bannerTexts(model)} onOpen={openText} onConfirm={store.confirm} />
        <nav className={styles.nav} aria-label={t('sections.label')}>
          {SECTIONS.map((one, index) => (
            <button
              key={one}
              type="button"
              aria-current={section === one && side === 'text' && !list.isSearch ? 'page' : undefined}
              aria-keyshortcuts={String(index + 1)}
              onClick={() => choose(one)}
            >
              {t(`sections.${one}`)} <span className="faint">{counts[one]}</span>
            </button>
          ))}
          <button type="button" aria-current={side === 'changes' ? 'page' : undefined} aria-keyshortcuts="N" onClick={acts.n}>
            {t('changes.title')} {model.unread.size > 0 && <span className="count">{model.unread.size}</span>}
          </button>
          <button type="button" className={styles.replyTab} onClick={() => setReplyOpen(true)}>
            {t('reply.title')} <span className="count">{reply.pieces.length}</span>
          </button>
        </nav>
        <main className={styles.main} data-open={shown !== null || side !== 'text' || undefined} data-reply={isReplyOpen || undefined}>
          <section className={styles.side} aria-label={t('list.label')}>
            <div className={styles.emotions} role="group" aria-label={t('emotions.label')}>
              <button type="button" aria-pressed={emotion === null} onClick={() => setEmotion(null)}>
                {t('emotions.all')}
              </button>
              {EMOTIONS.map((one) => (
                <button key={one} type="button" aria-pressed={emotion === one} onClick={() => setEmotion(emotion === one ? null : one)}>
                  {t(`emotions.${one}`)}
                </button>
              ))}
            </div>
            <TextList
              groups={list.groups}
              activeId={list.activeId}
              openId={shown?.id ?? null}
              unread={model.unread}
              label={t('list.label')}
              empty={list.isSearch ? t('search.nothing') : t('list.empty')}
              onOpen={openText}
              onMove={list.move}
              onEnter={openActive}
            />
          </section>
          <div className={styles.middle}>
            {side === 'changes' && <ChangesPage state={state} now={now} onOpen={openText} />}
            {side === 'help' && <HelpPanel single={single} onSingle={setSingle} onClose={() => setSide('text')} />}
            {isText && shown && reading && (
              <ReadingPane
                key={shown.id}
                text={shown}
                reading={reading}
                variantId={open?.variantId ?? null}
                finds={ranges}
                now={now}
                isObjecting={isObjecting}
                onVariant={(variantId) => setOpen({ text: shown, variantId })}
                onOpen={openText}
                onClose={() => setOpen(null)}
                fill={(text) => fillIn(text, reply.values)}
                onCopied={(copied) => onCopied(copied, [shown])}
                onTake={(piece) => take(shown, piece)}
                onConfirm={() => store.confirm(shown)}
                onWorked={() => store.note('worked', shown)}
                onObject={(said) => store.note('objected', shown, said)}
                onObjecting={setObjecting}
              />
            )}
            {isText && !shown && <p className={styles.nothing}>{t('reading.nothing')}</p>}
          </div>
          <ReplyPanel
            pieces={reply.pieces}
            values={reply.values}
            texts={state.texts}
            isLocked={isLocked}
            onPieces={reply.setPieces}
            onValues={reply.setValues}
            onCopied={(copied) =>
              onCopied(
                copied,
                reply.pieces.map(({ from }) => from),
              )
            }
            onClose={() => setReplyOpen(false)}
          />
        </main>
        <div className="toast" role="status">
          {toast}
        </div>
      </div>
      {firstUrgent ? (
        <UrgentScreen
          key={firstUrgent.revisionId}
          text={firstUrgent}
          more={urgent.length - 1}
          now={now}
          alarm={alarm}
          onShown={onShown}
          onConfirm={store.confirm}
        />
      ) : (
        missed.length > 0 && <MissedPanel missed={missed} now={now} onShown={onShown} onEnd={store.endMissed} />
      )}
    </>
  )
}

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
