import { memo, useEffect, type KeyboardEvent, type MouseEvent } from 'react'
import type { ConsoleText } from '#contract/agent-wire.ts'
import { useWords } from '../../page/words.tsx'
import type { TextRange } from '../state/segments.ts'
import { Marked } from './Marked.tsx'
import styles from './TextList.module.css'

export type ListRow = { text: ConsoleText; ranges: ReadonlyMap<string, readonly TextRange[]> | null }
export type ListGroup = { key: string; title: string; rows: readonly ListRow[] }

export const LIST_ID = 'texts'
export const rowId = (textId: string) => `text-${textId}`

type TextListProps = {
  groups: readonly ListGroup[]
  /** The row that the arrow keys moved to. */
  activeId: string | null
  openId: string | null
  unread: ReadonlySet<string>
  label: string
  empty: string
  onOpen: (text: ConsoleText) => void
  onMove: (by: 1 | -1) => void
  onEnter: () => void
}

/** Texts by group. The arrow keys move here as in the search field. Drawn again only when the texts change: there may be thousands. */
export const TextList = memo(function TextList({ groups, activeId, openId, unread, label, empty, onOpen, onMove, onEnter }: TextListProps) {
  const t = useWords('console')
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const act =
      event.key === 'ArrowDown' ? () => onMove(1) : event.key === 'ArrowUp' ? () => onMove(-1) : event.key === 'Enter' ? onEnter : null
    if (!act) return
    event.preventDefault()
    act()
  }
  useEffect(() => {
    if (activeId !== null) document.getElementById(rowId(activeId))?.scrollIntoView({ block: 'nearest' })
  }, [activeId])
  const onClick = (event: MouseEvent<HTMLDivElement>) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=option]') : null
    const clicked = groups.flatMap(({ rows }) => rows).find(({ text }) => text.id === row?.dataset['id'])
    if (clicked) onOpen(clicked.text)
  }
  // A listbox without options is none.
  if (groups.length === 0)
    return (
      <div className={styles.list} id={LIST_ID} role="group" aria-label={label}>
        <p className={styles.empty}>{empty}</p>
      </div>
    )
  return (
    <div
      className={styles.list}
      role="listbox"
      id={LIST_ID}
      aria-label={label}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
      aria-activedescendant={activeId === null ? undefined : rowId(activeId)}
    >
      {groups.map(({ key, title, rows }) => (
        <div key={key} role="group" aria-labelledby={title === '' ? undefined : `group-${key}`}>
          {title !== '' && (
            <div className={styles.group} id={`group-${key}`} role="presentation">
              {title}
            </div>
          )}
          {rows.map(({ text, ranges }) => (
            <div
              key={text.id}
              id={rowId(text.id)}
              role="option"
              aria-selected={text.id === openId}
              className={[styles.row, text.id === activeId ? styles.active : '', text.id === openId ? styles.open : ''].join(' ')}
              data-id={text.id}
              tabIndex={-1}
            >
              <div className={styles.title} lang={text.language}>
                {unread.has(text.id) && <span className={styles.dot} role="img" aria-label={t('list.unread')} />}
                <b>
                  <Marked text={text.title} finds={ranges?.get('title') ?? []} />
                </b>
                {text.urgency !== 'normal' && <span className={`tag ${text.urgency}`}>{t(`urgency.${text.urgency}`)}</span>}
                {text.emotion !== null && <span className="tag">{t(`emotions.${text.emotion}`)}</span>}
              </div>
              <div className={styles.core} lang={text.language}>
                <RowLine text={text} ranges={ranges} />
              </div>
            </div>
          ))}
        </div>
      ))}
    </div>
  )
})

/** The field where something was found, else the core message. */
function RowLine({ text, ranges }: ListRow) {
  const found = ranges && [...ranges.keys()].find((at) => at.startsWith('objections.') || at.startsWith('blocks.'))
  if (found) {
    const [list, id, field] = found.split('.')
    const part =
      list === 'blocks'
        ? text.blocks.find((block) => block.id === id)?.text
        : text.objections.filter((one) => one.id === id).map(({ ask, answer }) => (field === 'ask' ? ask : answer))[0]
    if (part !== undefined) return <Marked text={part} finds={ranges.get(found) ?? []} />
  }
  return <Marked text={text.core} finds={ranges?.get('core') ?? []} />
}
