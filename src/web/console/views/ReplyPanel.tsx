import type { ConsoleText } from '#contract/agent-wire.ts'
import { useWords } from '../../page/words.tsx'
import { composeReply, FILLED_BY_AGENTS, movePiece, openVariables, outdatedPieces, removePiece, type Piece } from '../state/pieces.ts'
import { CopyButton } from './CopyButton.tsx'
import styles from './ReplyPanel.module.css'

type ReplyPanelProps = {
  pieces: readonly Piece[]
  values: Readonly<Record<string, string>>
  texts: readonly ConsoleText[]
  /** Pieces that may not be sent for another reason than their version. */
  isLocked: (text: ConsoleText) => boolean
  onPieces: (pieces: Piece[]) => void
  onValues: (values: Record<string, string>) => void
  onCopied: (copied: string) => void
  onClose: () => void
}

const known = (name: string) => FILLED_BY_AGENTS.find((one) => one === name)

/** Several pieces as one reply: in the agent's order, edited, with what only the agent knows filled in. */
export function ReplyPanel({ pieces, values, texts, isLocked, onPieces, onValues, onCopied, onClose }: ReplyPanelProps) {
  const t = useWords('console')
  const outdated = new Set(outdatedPieces(pieces, texts).map(({ key }) => key))
  const names = openVariables(pieces.map(({ text }) => text))
  const missing = names.filter((name) => !values[name]?.trim())
  const isBlocked = pieces.some((piece) => outdated.has(piece.key) || isLocked(piece.from))
  return (
    <aside className={styles.panel} aria-label={t('reply.title')}>
      <div className={styles.head}>
        <h2>{t('reply.title')}</h2>
        {pieces.length > 0 && (
          <button type="button" className="quiet" onClick={() => onPieces([])}>
            {t('reply.clear')}
          </button>
        )}
        <button type="button" className={`quiet ${styles.close}`} onClick={onClose}>
          {t('reply.close')}
        </button>
      </div>
      {pieces.length === 0 && <p className="faint">{t('reply.empty')}</p>}
      <ol className={styles.pieces}>
        {pieces.map((piece, index) => (
          <li key={piece.key} className={outdated.has(piece.key) ? styles.outdated : undefined}>
            <div className={styles.from}>
              <span className="faint grow">
                {piece.from.title} · {t('reply.version', { number: piece.from.number })}
              </span>
              <button
                type="button"
                className="quiet"
                disabled={index === 0}
                aria-label={t('reply.up')}
                onClick={() => onPieces(movePiece(pieces, piece.key, -1))}
              >
                ↑
              </button>
              <button
                type="button"
                className="quiet"
                disabled={index === pieces.length - 1}
                aria-label={t('reply.down')}
                onClick={() => onPieces(movePiece(pieces, piece.key, 1))}
              >
                ↓
              </button>
              <button
                type="button"
                className="quiet"
                aria-label={t('reply.remove')}
                onClick={() => onPieces(removePiece(pieces, piece.key))}
              >
                ✕
              </button>
            </div>
            {outdated.has(piece.key) && <p className="notice isBad">{t('reply.outdated')}</p>}
            <textarea
              value={piece.text}
              rows={Math.min(8, Math.max(2, Math.ceil(piece.text.length / 20)))}
              aria-label={t('reply.piece', { number: index + 1 })}
              onChange={(event) => onPieces(pieces.map((one) => (one.key === piece.key ? { ...one, text: event.target.value } : one)))}
            />
          </li>
        ))}
      </ol>
      {names.length > 0 && (
        <div className={styles.values}>
          {names.map((name) => (
            <label key={name}>
              {known(name) ? t(`reply.variables.${known(name)}`) : `{${name}}`}
              <input value={values[name] ?? ''} maxLength={120} onChange={(event) => onValues({ ...values, [name]: event.target.value })} />
            </label>
          ))}
        </div>
      )}
      <div className={styles.foot}>
        {missing.length > 0 && <p className="faint">{t('reply.missing', { names: missing.map((name) => `{${name}}`).join(' ') })}</p>}
        <CopyButton
          text={composeReply(pieces, values)}
          label={t('reply.copy')}
          hint="R"
          isMain
          disabled={pieces.length === 0 || isBlocked}
          onCopied={onCopied}
        />
      </div>
    </aside>
  )
}
