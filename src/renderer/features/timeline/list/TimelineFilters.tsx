import type { TimelineOutline } from '#contract/timeline-api.ts'
import { ENTRY_KINDS, type EntryKind } from '#domain/timeline/entry.ts'
import { NOTABLE_LAG } from '#domain/timeline/recording-lag.ts'
import { useTypedText } from '#ui/use-typed-text.ts'
import { Button, Checkbox, CloseButton, Popover, Select, TextInput } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconCalendar, IconChevronDown, IconFilter, IconSearch } from '@tabler/icons-react'
import { useId, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { ENTRY_ICONS } from '#ui/entry-icons.ts'
import { isFiltered, unfiltered, type TimelineQuery } from './timeline-query.ts'
import { TimelineGuide } from './TimelineGuide.tsx'
import { OrderChoices, StoryChoice } from './TimelineViews.tsx'
import { useRoughSpan } from './use-rough-span.ts'
import styles from './TimelineFilters.module.css'

type TimelineFiltersProps = {
  query: TimelineQuery
  onChange(change: Partial<TimelineQuery>): void
  outline: TimelineOutline | null
  textRef: RefObject<HTMLInputElement | null>
}

/** The list updates this long after the last keystroke. Milliseconds. */
const TYPING_PAUSE = 180

/** A line above the list: all or highlights, search, and how many entries are shown; further filters and the order expand from it. */
export function TimelineFilters({ query, onChange, outline, textRef }: TimelineFiltersProps) {
  const { t, i18n } = useTranslation('timeline')
  const number = (value: number) => value.toLocaleString(i18n.language)
  const filtered = isFiltered(query)
  const narrowed = query.kinds.length > 0 || query.tag !== '' || query.fromDay !== '' || query.toDay !== ''
  const [open, setOpen] = useState(narrowed || query.by === 'recorded')
  const span = useRoughSpan()
  const id = useId()
  const late = outline?.all.late ?? 0
  return (
    <div className={styles['filters']} role="search" aria-label={t('filter.title')}>
      <StoryChoice query={query} onChange={onChange} outline={outline} />
      <FilterText value={query.text} onChange={(text) => onChange({ text })} textRef={textRef} />
      <Button
        variant={narrowed ? 'light' : 'subtle'}
        color={narrowed ? 'teal' : 'gray'}
        size="compact-sm"
        className={styles['button']}
        aria-expanded={open}
        aria-controls={id}
        leftSection={<IconAdjustmentsHorizontal size={15} aria-hidden="true" />}
        rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        onClick={() => setOpen((now) => !now)}
      >
        {t('filter.more')}
      </Button>
      {late > 0 && (
        <span className={styles['late']} title={t('views.lateHint', { span: span(NOTABLE_LAG) })}>
          {t('views.late', { count: late, number: number(late) })}
        </span>
      )}
      <span className={styles['count']}>
        <output data-digits aria-live="polite">
          {outline === null
            ? ''
            : filtered
              ? t('filter.shown', { total: number(outline.all.total), shown: number(outline.total) })
              : t('filter.total', { total: number(outline.total) })}
        </output>
        {filtered && (
          <CloseButton size="sm" aria-label={t('filter.clear')} title={t('filter.clear')} onClick={() => onChange(unfiltered(query))} />
        )}
        <TimelineGuide gapRule={outline?.gapRule ?? null} />
      </span>
      <div id={id} className={styles['more']} hidden={!open}>
        <OrderChoices query={query} onChange={onChange} outline={outline} />
        <KindFilter value={query.kinds} onChange={(kinds) => onChange({ kinds })} />
        <TagFilter value={query.tag} tags={outline?.tags ?? []} onChange={(tag) => onChange({ tag })} />
        <DayFilter fromDay={query.fromDay} toDay={query.toDay} onChange={onChange} />
      </div>
    </div>
  )
}

function FilterText({
  value,
  onChange,
  textRef,
}: {
  value: string
  onChange: (text: string) => void
  textRef: RefObject<HTMLInputElement | null>
}) {
  const { t } = useTranslation('timeline')
  const [typed, setTyped] = useTypedText(value, onChange, TYPING_PAUSE)
  return (
    <TextInput
      ref={textRef}
      className={styles['text']}
      size="xs"
      type="search"
      maxLength={200}
      aria-label={t('filter.text')}
      placeholder={t('filter.text')}
      leftSection={<IconSearch size={14} aria-hidden="true" />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        if (typed === '') event.currentTarget.blur()
        setTyped('', 'at once')
      }}
    />
  )
}

function KindFilter({ value, onChange }: { value: readonly EntryKind[]; onChange: (kinds: EntryKind[]) => void }) {
  const { t } = useTranslation('timeline')
  const words = value.map((kind) => t(`terms:kind.${kind}`)).join(t('listSeparator'))
  return (
    <Popover position="bottom-start">
      <Popover.Target>
        <Button
          variant={value.length > 0 ? 'light' : 'subtle'}
          color={value.length > 0 ? 'teal' : 'gray'}
          size="compact-sm"
          className={styles['button']}
          leftSection={<IconFilter size={15} aria-hidden="true" />}
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        >
          {value.length === 0 ? t('filter.kinds') : value.length <= 2 ? words : t('filter.kindsChosen', { number: value.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Checkbox.Group
          value={[...value]}
          onChange={(chosen) => onChange(ENTRY_KINDS.filter((kind) => chosen.includes(kind)))}
          aria-label={t('filter.kinds')}
        >
          <div className={styles['kinds']}>
            {ENTRY_KINDS.map((kind) => {
              const Icon = ENTRY_ICONS[kind]
              return (
                <Checkbox
                  key={kind}
                  size="xs"
                  value={kind}
                  label={
                    <span className={styles['kind']}>
                      <Icon size={15} stroke={1.75} aria-hidden="true" />
                      {t(`terms:kind.${kind}`)}
                    </span>
                  }
                />
              )
            })}
          </div>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  )
}

function TagFilter({
  value,
  tags,
  onChange,
}: {
  value: string
  tags: readonly { tag: string; count: number }[]
  onChange: (tag: string) => void
}) {
  const { t } = useTranslation('timeline')
  if (tags.length === 0 && value === '') return null
  const known = tags.some(({ tag }) => tag === value) || value === ''
  return (
    <Select
      className={styles['tag']}
      size="xs"
      aria-label={t('filter.tag')}
      placeholder={t('filter.tag')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('filter.anyTag') }}
      data={[
        ...(known ? [] : [{ value, label: `#${value}` }]),
        ...tags.map(({ tag, count }) => ({ value: tag, label: `#${tag} (${count})` })),
      ]}
      value={value === '' ? null : value}
      onChange={(tag) => onChange(tag ?? '')}
    />
  )
}

function DayFilter({
  fromDay,
  toDay,
  onChange,
}: {
  fromDay: string
  toDay: string
  onChange: (change: { fromDay?: string; toDay?: string }) => void
}) {
  const { t } = useTranslation('timeline')
  const chosen = fromDay !== '' || toDay !== ''
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          variant={chosen ? 'light' : 'subtle'}
          color={chosen ? 'teal' : 'gray'}
          size="compact-sm"
          className={styles['button']}
          leftSection={<IconCalendar size={15} aria-hidden="true" />}
        >
          {chosen ? t('filter.daysChosen', { from: fromDay || '…', to: toDay || '…' }) : t('filter.days')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles['days']}>
          <TextInput
            type="date"
            size="xs"
            label={t('filter.fromDay')}
            value={fromDay}
            max={toDay || undefined}
            onChange={(event) => onChange({ fromDay: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            size="xs"
            label={t('filter.toDay')}
            value={toDay}
            min={fromDay || undefined}
            onChange={(event) => onChange({ toDay: event.currentTarget.value })}
          />
          <Button size="xs" variant="default" disabled={!chosen} onClick={() => onChange({ fromDay: '', toDay: '' })}>
            {t('filter.anyDay')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
