import type { ReactNode } from 'react'
import type { ConsoleText } from '#contract/agent-wire.ts'
import { useWords } from '../../page/words.tsx'
import { isSaid } from '../state/pieces.ts'
import type { TextRange } from '../state/segments.ts'
import { Marked } from './Marked.tsx'
import styles from './TextBody.module.css'

/** A part of a text that can be copied or put into a reply by itself. */
export type TextPiece = { at: string; text: string }

type TextBodyProps = {
  text: ConsoleText
  /** The variant to show instead of the blocks; null: the blocks. */
  variantId?: string | null
  finds?: ReadonlyMap<string, readonly TextRange[]>
  /** The acts beside a piece; none where a text is only to be read. */
  renderActs?: (piece: TextPiece) => ReactNode
}

const NOTHING: ReadonlyMap<string, readonly TextRange[]> = new Map()

/** What a text says, in reading order: the core message, its blocks or one of its variants, and objections with answers. */
export function TextBody({ text, variantId = null, finds = NOTHING, renderActs }: TextBodyProps) {
  const t = useWords('console')
  const marked = (at: string, own: string) => (
    <Marked text={own} news={text.marks.filter((mark) => mark.at === at)} finds={finds.get(at) ?? []} />
  )
  const variant = text.variants.find(({ id }) => id === variantId)
  return (
    <div className={styles.body} lang={text.language}>
      {text.core !== '' && (
        <div className={styles.core}>
          <p>{marked('core', text.core)}</p>
          {renderActs?.({ at: 'core', text: text.core })}
        </div>
      )}
      {variant ? (
        <div className={styles.piece}>
          <p>{marked(`variants.${variant.id}.text`, variant.text)}</p>
          {renderActs?.({ at: `variants.${variant.id}.text`, text: variant.text })}
        </div>
      ) : (
        text.blocks.map((block) => (
          <div key={block.id} className={styles[block.kind] ?? styles.piece}>
            {block.kind === 'heading' ? (
              <h3>{marked(`blocks.${block.id}.text`, block.text)}</h3>
            ) : (
              <p>
                {block.kind !== 'text' && <b className={styles.kind}>{t(`blocks.${block.kind}`)}</b>}
                {marked(`blocks.${block.id}.text`, block.text)}
              </p>
            )}
            {isSaid(block.kind) && renderActs?.({ at: `blocks.${block.id}.text`, text: block.text })}
          </div>
        ))
      )}
      {text.objections.length > 0 && (
        <section className={styles.objections}>
          <h3>{t('text.objections')}</h3>
          {text.objections.map(({ id, ask, answer }) => (
            <div key={id} className={styles.objection}>
              <p className={styles.ask}>{marked(`objections.${id}.ask`, ask)}</p>
              <div className={styles.piece}>
                <p>{marked(`objections.${id}.answer`, answer)}</p>
                {renderActs?.({ at: `objections.${id}.answer`, text: answer })}
              </div>
            </div>
          ))}
        </section>
      )}
    </div>
  )
}
