import type { ReadingOptions, TableInspection } from '#contract/import-api.ts'
import { TimelineMapping } from '#contract/import-api.ts'
import { SERIES_METRICS, SERIES_READINGS } from '#domain/series/series.ts'
import { Checkbox, NativeSelect, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { NUMBERS_ROLES, roleOf, TIMELINE_ROLES, withRole, type MappingDraft, type SeriesDraft } from './mapping-draft.ts'
import { Step } from './Step.tsx'
import styles from './MappingStep.module.css'

type MappingStepProps = {
  inspection: TableInspection
  draft: MappingDraft
  onDraft(draft: MappingDraft): void
  reading: ReadingOptions
  onReading(change: Partial<ReadingOptions>): void
  /** True while the file is being read or imported: changes are disabled. */
  locked: boolean
}

const SAMPLE_ROWS = 8
const DATE_ORDERS = ['ymd', 'mdy', 'dmy'] as const
const DEFAULT_KINDS = TimelineMapping.shape.defaultKind.options

/** Step two: the role of each column, chosen in its header above sample rows. */
export function MappingStep({ inspection, draft, onDraft, reading, onReading, locked }: MappingStepProps) {
  const { t } = useTranslation('imports')
  return (
    <Step number={2} title={t('mapping.title')}>
      <fieldset className={styles['plan']} disabled={locked}>
        <div className={styles['line']}>
          <SegmentedControl
            size="xs"
            aria-label={t('mapping.target')}
            disabled={locked}
            value={draft.target}
            onChange={(value) => onDraft({ ...draft, target: value === 'numbers' ? 'numbers' : 'timeline' })}
            data={[
              { value: 'timeline', label: t('mapping.asTimeline') },
              { value: 'numbers', label: t('mapping.asNumbers') },
            ]}
          />
          <span className={styles['note']}>{t(inspection.suggested.remembered ? 'mapping.remembered' : 'mapping.guessed')}</span>
        </div>
        <SampleTable inspection={inspection} draft={draft} onDraft={onDraft} />
        <div className={styles['line']}>
          {draft.target === 'timeline' && (
            <NativeSelect
              size="xs"
              label={t(draft.timeline.kind === undefined ? 'mapping.everyKind' : 'mapping.emptyKind')}
              value={draft.timeline.defaultKind}
              onChange={(event) => {
                const defaultKind = DEFAULT_KINDS.find((kind) => kind === event.currentTarget.value) ?? 'observation'
                onDraft({ ...draft, timeline: { ...draft.timeline, defaultKind } })
              }}
              data={DEFAULT_KINDS.map((kind) => ({ value: kind, label: t(`terms:kind.${kind}`) }))}
            />
          )}
          <ZoneSelect value={reading.zone} onChange={(zone) => onReading({ zone })} />
          <NativeSelect
            size="xs"
            label={t('mapping.dateOrder')}
            value={reading.dateOrder}
            onChange={(event) => onReading({ dateOrder: DATE_ORDERS.find((order) => order === event.currentTarget.value) ?? 'ymd' })}
            data={DATE_ORDERS.map((order) => ({ value: order, label: t(`dateOrder.${order}`) }))}
          />
        </div>
        {draft.target === 'timeline' && draft.timeline.text.length > 1 && (
          <p className={styles['note']}>{t('mapping.joined', { columns: draft.timeline.text.join(t('listSeparator')) })}</p>
        )}
        {draft.target === 'numbers' && draft.numbers.values.length > 0 && (
          <SeriesNames values={draft.numbers.values} onChange={(values) => onDraft({ ...draft, numbers: { ...draft.numbers, values } })} />
        )}
      </fieldset>
    </Step>
  )
}

function SampleTable({ inspection, draft, onDraft }: Pick<MappingStepProps, 'inspection' | 'draft' | 'onDraft'>) {
  const { t } = useTranslation('imports')
  const roles = draft.target === 'timeline' ? TIMELINE_ROLES : NUMBERS_ROLES
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('mapping.sample')}>
      <table className={styles['sample']}>
        <thead>
          <tr>
            {inspection.columns.map((column) => {
              const role = roleOf(draft, column)
              return (
                <th key={column} scope="col" data-taken={role === null ? undefined : ''}>
                  <span title={column}>{column}</span>
                  <NativeSelect
                    size="xs"
                    aria-label={t('mapping.columnMeans', { column })}
                    value={role ?? ''}
                    onChange={(event) => onDraft(withRole(draft, column, roles.find((one) => one === event.currentTarget.value) ?? null))}
                    data={[{ value: '', label: t('role.none') }, ...roles.map((one) => ({ value: one, label: t(`role.${one}`) }))]}
                  />
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {inspection.sample.slice(0, SAMPLE_ROWS).map((row, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows of a file have no identity but their place
            <tr key={`${index}-${row[0] ?? ''}`}>
              {inspection.columns.map((column, at) => (
                <td key={column} data-taken={roleOf(draft, column) === null ? undefined : ''}>
                  {row[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ZoneSelect({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const { t } = useTranslation('imports')
  const zones = useMemo(() => [...new Set([value, 'Asia/Shanghai', 'UTC', ...Intl.supportedValuesOf('timeZone')])], [value])
  return (
    <Select
      size="xs"
      className={styles['zone']}
      label={t('mapping.zone')}
      searchable
      allowDeselect={false}
      data={zones}
      value={value}
      limit={60}
      onChange={(zone) => zone && onChange(zone)}
    />
  )
}

function SeriesNames({ values, onChange }: { values: readonly SeriesDraft[]; onChange: (values: SeriesDraft[]) => void }) {
  const { t } = useTranslation('imports')
  const change = (column: string, part: Partial<SeriesDraft>) =>
    onChange(values.map((value) => (value.column === column ? { ...value, ...part } : value)))
  return (
    <ul className={styles['series']}>
      {values.map((value) => (
        <li key={value.column}>
          <TextInput
            size="xs"
            label={t('series.name', { column: value.column })}
            maxLength={80}
            value={value.name}
            error={value.name.trim() === '' ? t('gap.name-missing') : undefined}
            onChange={(event) => change(value.column, { name: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            label={t('series.unit')}
            maxLength={20}
            value={value.unit}
            onChange={(event) => change(value.column, { unit: event.currentTarget.value })}
          />
          <NativeSelect
            size="xs"
            label={t('series.metric')}
            value={value.metric}
            onChange={(event) =>
              change(value.column, { metric: SERIES_METRICS.find((metric) => metric === event.currentTarget.value) ?? 'other' })
            }
            data={SERIES_METRICS.map((metric) => ({ value: metric, label: t(`terms:metric.${metric}`) }))}
          />
          <NativeSelect
            size="xs"
            label={t('series.reading')}
            value={value.reading ?? ''}
            error={value.reading === null}
            onChange={(event) =>
              change(value.column, { reading: SERIES_READINGS.find((reading) => reading === event.currentTarget.value) ?? null })
            }
            data={[
              ...(value.reading === null ? [{ value: '', label: t('series.readingAsk') }] : []),
              ...SERIES_READINGS.map((reading) => ({ value: reading, label: t(`risk:reading.${reading}`) })),
            ]}
          />
          {value.reading === null && <p className={styles['ask']}>{t('series.readingAskNote', { column: value.column })}</p>}
          {value.fraction !== undefined && (
            <Checkbox
              className={styles['ask'] ?? ''}
              size="xs"
              label={t('series.fraction')}
              checked={value.fraction}
              onChange={(event) => change(value.column, { fraction: event.currentTarget.checked })}
            />
          )}
        </li>
      ))}
    </ul>
  )
}
