import type { ConsoleState, ConsoleText } from '#contract/agent-wire.ts'
import { momentWords } from '../../page/time-words.ts'
import { useLanguage, useWords } from '../../page/words.tsx'
import { wholeText } from '../state/pieces.ts'
import type { Reading } from '../state/reading.ts'
import type { TextRange } from '../state/segments.ts'
import { CopyButton } from './CopyButton.tsx'
import { Feedback } from './Feedback.tsx'
import { TextBody } from './TextBody.tsx'
import { ChangeLine, VersionLine } from './VersionLine.tsx'
import styles from './ReadingPane.module.css'

type ReadingPaneProps = {
  text: ConsoleText
  reading: Reading
  variantId: string | null
  finds: ReadonlyMap<string, readonly TextRange[]> | null
  now: number
  isObjecting: boolean
  onVariant: (id: string | null) => void
  onOpen: (text: ConsoleText) => void
  onClose: () => void
  /** The text as it is copied: with the values that the agent gave. */
  fill: (text: string) => string
  onCopied: (copied: string) => void
  onTake: (text: string) => void
  onConfirm: () => void
  onWorked: () => void
  onObject: (said: string) => void
  onObjecting: (isOpen: boolean) => void
}

/** A text as an agent uses it. What may no longer be used says so across it and cannot be copied. */
export function ReadingPane(props: ReadingPaneProps) {
  const { text, reading, variantId, finds, now, fill, onVariant, onClose, onCopied, onTake, onConfirm } = props
  const t = useWords('console')
  const isUsable = reading.kind === 'current'
  return (
    <article className={styles.pane} aria-labelledby="reading-title">
      <div className={styles.head}>
        <button type="button" className={`quiet ${styles.back}`} onClick={onClose}>
          ← {t('reading.back')}
        </button>
        <h2 id="reading-title" lang={text.language}>
          {text.title}
        </h2>
        {text.scenario !== '' && <span className="faint">{text.scenario}</span>}
      </div>
      <VersionLine text={text} now={now} />
      <Cover reading={reading} now={now} onOpen={props.onOpen} />
      <div className={isUsable ? styles.content : styles.locked}>
        <ChangeLine text={text} />
        {text.variants.length > 0 && (
          <div className={styles.tabs} role="group" aria-label={t('reading.variants')}>
            <VariantTab label={t('reading.general')} isOn={variantId === null} onChoose={() => onVariant(null)} />
            {text.variants.map(({ id, channel, audience }) => {
              const names = [channel && t(`channels.${channel}`), audience && t(`audiences.${audience}`)].filter(Boolean)
              return (
                <VariantTab
                  key={id}
                  label={names.length > 0 ? names.join(' · ') : t('reading.variant')}
                  isOn={variantId === id}
                  onChoose={() => onVariant(id)}
                />
              )
            })}
          </div>
        )}
        <TextBody
          text={text}
          variantId={variantId}
          {...(finds && { finds })}
          renderActs={(piece) => (
            <span className={styles.acts}>
              <CopyButton text={fill(piece.text)} disabled={!isUsable} onCopied={onCopied} />
              <button type="button" disabled={!isUsable} onClick={() => onTake(piece.text)}>
                {t('reply.take')}
              </button>
            </span>
          )}
        />
      </div>
      <div className={styles.foot}>
        <CopyButton
          text={fill(wholeText(text, variantId))}
          label={t('copy.whole')}
          hint="C"
          isMain
          disabled={!isUsable}
          onCopied={onCopied}
        />
        <button type="button" disabled={!isUsable} aria-keyshortcuts="A" onClick={() => onTake(wholeText(text, variantId))}>
          {t('reply.takeWhole')}
          <kbd aria-hidden>A</kbd>
        </button>
        <Feedback
          text={text}
          isObjecting={props.isObjecting}
          onWorked={props.onWorked}
          onObject={props.onObject}
          onObjecting={props.onObjecting}
        />
        {text.confirmation !== 'current' && isUsable && (
          <button type="button" className={styles.confirm} onClick={onConfirm}>
            {t('text.confirm', { number: text.number })}
          </button>
        )}
      </div>
    </article>
  )
}

function VariantTab({ label, isOn, onChoose }: { label: string; isOn: boolean; onChoose: () => void }) {
  return (
    <button type="button" aria-pressed={isOn} onClick={onChoose}>
      {label}
    </button>
  )
}

/** Says across the text why it must not be used, and what to use instead. */
function Cover({ reading, now, onOpen }: { reading: Reading; now: number; onOpen: (text: ConsoleText) => void }) {
  const t = useWords('console')
  const { language } = useLanguage()
  if (reading.kind === 'current') return null
  const moment = (at: number) => momentWords(at, now, language)
  return (
    <div className={styles.cover} role="alert">
      {reading.kind === 'replaced' && (
        <>
          <b>{t('cover.replaced', { number: reading.by.number, at: moment(reading.by.from) })}</b>
          {reading.by.summary !== '' && <p>{reading.by.summary}</p>}
          <button type="button" className="main" onClick={() => onOpen(reading.by)}>
            {t('cover.openNew')}
          </button>
        </>
      )}
      {reading.kind === 'gone' && (
        <>
          <b>{reading.gone ? t(`gone.${reading.gone.why}`, { at: moment(reading.gone.at) }) : t('gone.unknown')}</b>
          {reading.gone !== null && reading.gone.instead !== '' && <p>{t('gone.instead', { instead: reading.gone.instead })}</p>}
        </>
      )}
      {reading.kind === 'expired' && <b>{t('gone.expired', { at: moment(reading.at) })}</b>}
      {reading.kind === 'locked' && (
        <>
          <b>{t('cover.locked')}</b>
          <p>{reading.since === null ? t('offline.never') : t('cover.lockedWhy', { at: moment(reading.since) })}</p>
        </>
      )}
    </div>
  )
}

/** How a text that is open now stands. */
export type OpenText = { text: ConsoleText; variantId: string | null }

/** The text of the same id as the hub has it now, with its confirmation; the shown one if it is gone or another version. */
export function refreshed(shown: ConsoleText, state: ConsoleState): ConsoleText {
  const current = state.texts.find(({ id }) => id === shown.id)
  return current && current.revisionId === shown.revisionId && current.hash === shown.hash ? current : shown
}
