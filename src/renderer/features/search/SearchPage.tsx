import { useIncidents } from '#client/use-incidents.ts'
import { useRead } from '#client/use-read.ts'
import type { SearchHit } from '#contract/search-api.ts'
import { ENTRY_KINDS } from '#domain/timeline/entry.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { Page } from '#ui/Page.tsx'
import { useAddress } from '#ui/use-address.ts'
import { useTypedText } from '#ui/use-typed-text.ts'
import { shownLanguage } from '#ui/shown-language.ts'
import { NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { groupHits } from './group-hits.ts'
import { HitRow } from './HitRow.tsx'
import styles from './SearchPage.module.css'

const LIMIT = 200
/** The search starts this long after the last keystroke. Milliseconds. */
const TYPING_PAUSE = 150

/** Full-text search over all data on this machine; the query is kept in the address. */
export function SearchPage() {
  const { t, i18n } = useTranslation('search')
  const [address, change] = useAddress()
  const text = address.get('q') ?? ''
  const incidentId = address.get('in')
  const kind = ENTRY_KINDS.find((one) => one === address.get('kind')) ?? null
  const put = (name: string, value: string) =>
    change((next) => {
      if (value === '') next.delete(name)
      else next.set(name, value)
    })
  const incidents = useIncidents()
  const asked = text.trim()
  const found = useRead(
    'search.query',
    asked === ''
      ? null
      : { text: asked, limit: LIMIT, language: shownLanguage(i18n.language), ...(incidentId === null ? {} : { incidentId }) },
    { keep: true },
  )
  const hits = asked === '' ? [] : (found.data?.hits ?? []).filter((hit) => kind === null || hit.entryKind === kind)
  const resultsRef = useRef<HTMLDivElement>(null)

  return (
    <Page>
      <h1 className="visually-hidden">{t('title')}</h1>
      <div className={styles['ask']} role="search">
        <QueryField value={text} onChange={(value) => put('q', value)} onDown={() => focusHit(resultsRef.current, 0)} />
        <NativeSelect
          aria-label={t('incident')}
          value={incidentId ?? ''}
          onChange={(event) => put('in', event.currentTarget.value)}
          data={[{ value: '', label: t('everyIncident') }, ...(incidents.data ?? []).map((one) => ({ value: one.id, label: one.title }))]}
        />
        <NativeSelect
          aria-label={t('kind')}
          value={kind ?? ''}
          onChange={(event) => put('kind', event.currentTarget.value)}
          data={[{ value: '', label: t('everyKind') }, ...ENTRY_KINDS.map((one) => ({ value: one, label: t(`terms:kind.${one}`) }))]}
        />
      </div>
      {found.failure && asked !== '' && <FailureNotice failure={found.failure} />}
      {asked !== '' && found.data && (
        <p className={styles['count']} role="status" data-stale={found.stale ? '' : undefined}>
          {found.data.more
            ? t('foundMore', { number: LIMIT.toLocaleString(i18n.language) })
            : t('found', { number: hits.length.toLocaleString(i18n.language) })}
        </p>
      )}
      <div ref={resultsRef} className={styles['results']}>
        <Results hits={hits} />
      </div>
      {asked === '' && <EmptyState title={t('emptyTitle')}>{t('empty')}</EmptyState>}
      {asked !== '' && found.data && !found.stale && hits.length === 0 && (
        <EmptyState title={t('noneTitle', { text: asked })}>{t(incidentId === null && kind === null ? 'none' : 'noneFiltered')}</EmptyState>
      )}
    </Page>
  )
}

function QueryField({ value, onChange, onDown }: { value: string; onChange: (text: string) => void; onDown: () => void }) {
  const { t } = useTranslation('search')
  const [typed, setTyped] = useTypedText(value, onChange, TYPING_PAUSE)
  return (
    <TextInput
      className={styles['query']}
      autoFocus
      type="search"
      size="md"
      maxLength={200}
      aria-label={t('query')}
      placeholder={t('placeholder')}
      leftSection={<IconSearch size={18} aria-hidden="true" />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') setTyped(typed, 'at once')
        if (event.key !== 'ArrowDown') return
        event.preventDefault()
        onDown()
      }}
    />
  )
}

/** Hits grouped by incident; arrows move between them, Enter opens one. */
function Results({ hits }: { hits: readonly SearchHit[] }) {
  const { t } = useTranslation('search')
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('li a')]
    const at = links.indexOf(event.target as HTMLAnchorElement)
    if (at < 0) return
    event.preventDefault()
    links[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
  }
  return groupHits(hits).map((group) => (
    <section key={group.incidentId} className={styles['group']} aria-label={group.title}>
      <h2>
        {group.title} <small>{t('inIncident', { number: group.hits.length })}</small>
        <Link to={`/compare?a=${group.incidentId}`} className={styles['compare']}>
          {t('compare')}
        </Link>
      </h2>
      <ul onKeyDown={onKeyDown}>
        {group.hits.map((hit) => (
          <Guarded key={`${hit.kind}-${hit.id}`} of={hit} as="li">
            <HitRow hit={hit} />
          </Guarded>
        ))}
      </ul>
    </section>
  ))
}

function focusHit(results: HTMLElement | null, index: number): void {
  results?.querySelectorAll<HTMLAnchorElement>('li a')[index]?.focus()
}
