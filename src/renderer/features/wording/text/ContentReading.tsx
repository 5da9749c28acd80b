import type { WordingContent } from '#domain/wording/content.ts'
import type { VariableValues } from '#domain/wording/wording.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FilledText } from './FilledText.tsx'
import classes from './Reading.module.css'

type Props = {
  content: WordingContent
  /** Fills in variables, and marks those that are `missing`; without, they stay as written. */
  filled?: { values: VariableValues; missing: readonly string[] }
  /** How a text is shown, for panels that do more with it; `at` as in `fieldsOf`. */
  renderText?: (at: string, text: string) => ReactNode
  /** Whether the title is a part of it; pages that show it above leave it out. */
  titled?: boolean
}

/** A text to read, in all its parts. */
export function ContentReading({ content, filled, renderText, titled = true }: Props) {
  const { t } = useTranslation('wording')
  const word = renderText ?? ((_at: string, text: string) => <p>{filled ? <FilledText text={text} {...filled} /> : text}</p>)
  const { title, core, blocks, objections, variants } = content
  return (
    <div className={classes['reading']}>
      {titled && <div className={classes['heading']}>{word('title', title)}</div>}
      {core !== '' && (
        <section>
          <h3>{t('field.core')}</h3>
          <div className={classes['core']}>{word('core', core)}</div>
        </section>
      )}
      {blocks.length > 0 && (
        <section>
          {blocks.map((block) => (
            <div key={block.id} className={classes['block']} data-kind={block.kind}>
              {block.kind !== 'text' && block.kind !== 'heading' && <h3>{t(`wording-editor:kind.${block.kind}`)}</h3>}
              {block.text !== '' && word(`blocks.${block.id}.text`, block.text)}
              {block.kind === 'commitment' && (
                <dl>
                  {(['action', 'owner', 'deadline'] as const).map(
                    (field) =>
                      block[field] !== '' && (
                        <div key={field}>
                          <dt>{t(`wording-editor:field.${field}`)}</dt>
                          <dd>{word(`blocks.${block.id}.${field}`, block[field])}</dd>
                        </div>
                      ),
                  )}
                </dl>
              )}
            </div>
          ))}
        </section>
      )}
      {objections.length > 0 && (
        <section>
          <h3>{t('wording-editor:list.objections')}</h3>
          {objections.map(({ id, ask, answer }) => (
            <div key={id} className={classes['objection']}>
              {word(`objections.${id}.ask`, ask)}
              {word(`objections.${id}.answer`, answer)}
            </div>
          ))}
        </section>
      )}
      {variants.length > 0 && (
        <section>
          <h3>{t('wording-editor:list.variants')}</h3>
          {variants.map(({ id, audience, channel, text }) => (
            <div key={id} className={classes['variant']}>
              <span className={classes['for']}>
                {[audience && t(`wording-editor:audience.${audience}`), channel && t(`wording-editor:channel.${channel}`)]
                  .filter(Boolean)
                  .join(' · ') || t('wording-editor:everybody')}
              </span>
              {word(`variants.${id}.text`, text)}
            </div>
          ))}
        </section>
      )}
    </div>
  )
}
