import type { KeyboardEvent, Ref } from 'react'
import { keyName } from '../../page/keys.ts'
import { useWords } from '../../page/words.tsx'
import { LIST_ID, rowId } from './TextList.tsx'

type SearchFieldProps = {
  field: Ref<HTMLInputElement>
  query: string
  activeId: string | null
  found: number
  onQuery: (query: string) => void
  onMove: (by: 1 | -1) => void
  onOpen: () => void
}

/** The search: the arrow keys move in the results, Enter opens one. Keys of an input method stay with it. */
export function SearchField({ field, query, activeId, found, onQuery, onMove, onOpen }: SearchFieldProps) {
  const t = useWords('console')
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const name = keyName(event.nativeEvent, true)
    const act = name === 'ArrowDown' ? () => onMove(1) : name === 'ArrowUp' ? () => onMove(-1) : name === 'Enter' ? onOpen : null
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <>
      <input
        ref={field}
        type="search"
        role="combobox"
        aria-expanded="true"
        aria-controls={LIST_ID}
        aria-activedescendant={activeId === null ? undefined : rowId(activeId)}
        aria-label={t('search.label')}
        placeholder={t('search.hint')}
        value={query}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className="off-screen" role="status">
        {query.trim() === '' ? '' : t('search.found', { count: found })}
      </span>
    </>
  )
}
