import type { ConsoleState, ConsoleText } from '#contract/agent-wire.ts'
import { momentWords } from '../../page/time-words.ts'
import { useLanguage, useWords } from '../../page/words.tsx'
import styles from './ChangesPage.module.css'

type ChangesPageProps = { state: ConsoleState; now: number; onOpen: (text: ConsoleText) => void }

type Change = { key: string; at: number; title: string; text: ConsoleText | null; word: string; summary: string }

/** What changed, the newest first, and the bulletins of open incidents. */
export function ChangesPage({ state, now, onOpen }: ChangesPageProps) {
  const t = useWords('console')
  const { language } = useLanguage()
  const byId = new Map(state.texts.map((text) => [text.id, text]))
  const changes: Change[] = [
    ...state.texts.map((text) => ({
      key: text.id,
      at: text.from,
      title: text.title,
      text,
      word: t('changes.version', { number: text.number }),
      summary: text.summary === '' ? text.core : text.summary,
    })),
    ...state.gone.map((gone) => ({
      key: gone.id,
      at: gone.at,
      title: gone.title,
      text: null,
      word: t(`changes.${gone.why}`),
      summary: gone.instead === '' ? '' : t('gone.instead', { instead: gone.instead }),
    })),
  ]
  const newest = changes.sort((a, b) => b.at - a.at).slice(0, 100)
  const bulletins = [...state.bulletins].sort((a, b) => b.at - a.at)
  return (
    <div className={styles.page}>
      {bulletins.length > 0 && (
        <section>
          <h2>{t('changes.bulletins')}</h2>
          {bulletins.map((bulletin) => (
            <article key={bulletin.id} className={styles.bulletin}>
              <h3>{t('changes.bulletin', { number: bulletin.number, at: momentWords(bulletin.at, now, language) })}</h3>
              {bulletin.items.length === 0 && <p className="faint">{t('changes.nothing')}</p>}
              <ul>
                {bulletin.items.map((item) => {
                  const text = byId.get(item.textId)
                  return (
                    <li key={item.textId}>
                      <span className={`tag ${item.change}`}>{t(`changes.items.${item.change}`)}</span>{' '}
                      {text ? (
                        <button type="button" className="link" onClick={() => onOpen(text)}>
                          {item.title}
                        </button>
                      ) : (
                        <span>{item.title}</span>
                      )}{' '}
                      {item.summary}
                    </li>
                  )
                })}
              </ul>
            </article>
          ))}
        </section>
      )}
      <section>
        <h2>{t('changes.title')}</h2>
        {newest.length === 0 && <p className="faint">{t('changes.none')}</p>}
        <ol className={styles.changes}>
          {newest.map(({ key, at, title, text, word, summary }) => (
            <li key={key}>
              <time>{momentWords(at, now, language)}</time>
              <span className={text ? 'tag' : 'tag withdrawn'}>{word}</span>
              <span>
                {text ? (
                  <button type="button" className="link" onClick={() => onOpen(text)}>
                    {title}
                  </button>
                ) : (
                  <s>{title}</s>
                )}{' '}
                <span className="faint">{summary}</span>
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
