import { useCallback, useMemo } from 'react'
import type { ConsoleState, ConsoleText } from '#contract/agent-wire.ts'
import { EMOTIONS } from '#domain/wording/wording.ts'
import { useKeys } from '../../page/keys.ts'
import { useStable } from '../../page/use-stable.ts'
import { useWords } from '../../page/words.tsx'
import { useAlarm } from '../alarm.ts'
import type { ConsoleStore } from '../connection/console-store.ts'
import { bannerTexts, missedOf, urgentTexts, type ConsoleModel } from '../state/console-model.ts'
import { fillIn } from '../state/pieces.ts'
import { countSections, SECTIONS } from '../state/sections.ts'
import { Banners } from './Banners.tsx'
import { ChangesPage } from './ChangesPage.tsx'
import { CrowdedScreen } from './CrowdedScreen.tsx'
import { deskKeys } from './desk-keys.ts'
import { HeaderBar, OfflineBar } from './HeaderBar.tsx'
import { HelpPanel } from './HelpPanel.tsx'
import { MissedPanel } from './MissedPanel.tsx'
import { ReadingPane } from './ReadingPane.tsx'
import { ReplyPanel } from './ReplyPanel.tsx'
import { SearchField } from './SearchField.tsx'
import { TextList } from './TextList.tsx'
import { UrgentScreen } from './UrgentScreen.tsx'
import { useDesk, type DeskState } from './use-desk.ts'
import { useSingleKeys } from './use-single-keys.ts'
import { useWithdrawn } from './use-withdrawn.ts'
import { WithdrawnBanner } from './WithdrawnBanner.tsx'
import styles from './Desk.module.css'

type DeskProps = { store: ConsoleStore; model: ConsoleModel; state: ConsoleState }

/** The desk of an agent who is signed in; below what must be confirmed or was missed. */
export function Desk({ store, model, state }: DeskProps) {
  const t = useWords('console')
  const alarm = useAlarm()
  const [single, setSingle] = useSingleKeys()
  const desk = useDesk(store, model, state)
  const { withdrawn, putAway } = useWithdrawn(state)
  const urgent = urgentTexts(model)
  const [firstUrgent] = urgent
  const missed = missedOf(model)
  const isCovered = model.isSetAside || urgent.length > 0 || missed.length > 0
  const onShown = useCallback((text: ConsoleText) => store.note('shown', text), [store])
  useKeys(isCovered ? {} : deskKeys(store, desk, t('feedback.noted')), single)
  const { now, query, setQuery, setSide, toast, search, list, freshness, openText, toggleSide, openActive } = desk

  return (
    <>
      <div className={styles.desk} inert={isCovered}>
        <HeaderBar
          state={state}
          freshness={freshness}
          waiting={store.waiting()}
          alarm={alarm}
          onHelp={() => toggleSide('help')}
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
        <WithdrawnBanner withdrawn={withdrawn} onPutAway={putAway} />
        <Banners texts={bannerTexts(model)} onOpen={openText} onConfirm={store.confirm} />
        <DeskTabs desk={desk} model={model} state={state} />
        <DeskMain store={store} desk={desk} model={model} state={state} single={single} onSingle={setSingle} />
        <div className="toast" role="status">
          {toast}
        </div>
      </div>
      {model.isSetAside ? (
        <CrowdedScreen onTakeUp={store.takeUp} />
      ) : firstUrgent ? (
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

type DeskPartProps = { desk: DeskState; model: ConsoleModel; state: ConsoleState }

/** The sections, what changed, and on a narrow screen the reply. */
function DeskTabs({ desk, model, state }: DeskPartProps) {
  const t = useWords('console')
  const { section, side, setReplyOpen, list, reply, choose, toggleSide } = desk
  const counts = useMemo(() => countSections(state.texts), [state.texts])
  return (
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
      <button
        type="button"
        aria-current={side === 'changes' ? 'page' : undefined}
        aria-keyshortcuts="N"
        onClick={() => toggleSide('changes')}
      >
        {t('changes.title')} {model.unread.size > 0 && <span className="count">{model.unread.size}</span>}
      </button>
      <button type="button" className={styles.replyTab} onClick={() => setReplyOpen(true)}>
        {t('reply.title')} <span className="count">{reply.pieces.length}</span>
      </button>
    </nav>
  )
}

type DeskMainProps = DeskPartProps & { store: ConsoleStore; single: boolean; onSingle: (on: boolean) => void }

/** The list, what is open, and the reply. */
function DeskMain({ store, desk, model, state, single, onSingle }: DeskMainProps) {
  const t = useWords('console')
  const {
    now,
    emotion,
    setEmotion,
    side,
    setSide,
    open,
    setOpen,
    isObjecting,
    setObjecting,
    isReplyOpen,
    setReplyOpen,
    list,
    reply,
    shown,
    reading,
    isLocked,
    openText,
    take,
    openActive,
    onCopied,
  } = desk
  const isText = side === 'text'
  const onOpen = useStable(openText)
  const onMove = useStable(list.move)
  const onEnter = useStable(openActive)
  const ranges = list.rows.find(({ text }) => text.id === shown?.id)?.ranges ?? null
  return (
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
          onOpen={onOpen}
          onMove={onMove}
          onEnter={onEnter}
        />
      </section>
      <div className={styles.middle}>
        {side === 'changes' && <ChangesPage state={state} now={now} onOpen={openText} />}
        {side === 'help' && <HelpPanel single={single} onSingle={onSingle} onClose={() => setSide('text')} />}
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
  )
}
