import type { IncidentOutline } from '#contract/overview-api.ts'
import { PHASES } from '#domain/incidents/phases.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { AlignedTimelines } from './AlignedTimelines.tsx'
import { ALIGNMENTS, alignRows, axisRange, SPANS, slotOf, stepTo, stops, zeroOf, type Alignment, type Span } from './alignment.ts'
import { AxisStrip } from './AxisStrip.tsx'
import { CompareCurves } from './CompareCurves.tsx'
import { FactTable } from './FactTable.tsx'
import { IncidentChoice } from './IncidentChoice.tsx'
import { StandingBar } from './StandingBar.tsx'
import { useComparison } from './use-comparison.ts'
import styles from './ComparePage.module.css'

/** Compares two incidents, aligned at T+0: facts, curves and timelines, with a common time cursor. */
export function ComparePage() {
  const { t } = useTranslation('compare')
  const navigate = useNavigate()
  const { a, b, by, span, choose, align, show, swap } = useComparison()
  const section = t('title')
  const both = a.outline !== null && b.outline !== null
  useCommands([
    { id: 'compare.swap', section, label: t('swap'), shortcut: 'X', disabled: a.id === null && b.id === null, run: swap },
    {
      id: 'compare.align',
      section,
      label: t('alignOther'),
      shortcut: 'T',
      disabled: !both,
      run: () => align(by === 'declared' ? 'first-entry' : 'declared'),
    },
    {
      id: 'compare.leave',
      section,
      label: t('leave'),
      shortcut: 'Escape',
      hidden: true,
      run: () => void navigate(a.id === null ? '/' : `/incidents/${a.id}`),
    },
  ])
  return (
    <Page wide>
      <PageHeader
        title={t('title')}
        actions={
          both && (
            <div className={styles['controls']}>
              <SegmentedControl
                size="xs"
                aria-label={t('alignment')}
                value={by}
                onChange={(value) => align(ALIGNMENTS.find((one) => one === value) ?? 'declared')}
                data={ALIGNMENTS.map((one) => ({ value: one, label: t(`align.${one}`) }))}
              />
              <SegmentedControl
                size="xs"
                aria-label={t('span')}
                value={span}
                onChange={(value) => show(SPANS.find((one) => one === value) ?? '72')}
                data={SPANS.map((one) => ({ value: one, label: t(`spans.${one}`) }))}
              />
              <ActButton quiet readsOnly size="compact-sm" shortcut="X" onAct={swap}>
                {t('swap')}
              </ActButton>
            </div>
          )
        }
      />
      <div className={styles['sides']}>
        <IncidentChoice side="a" read={a} other={b} onChoose={(id) => choose('a', id)} />
        <IncidentChoice side="b" read={b} other={a} onChoose={(id) => choose('b', id)} />
      </div>
      {a.id === null && b.id === null && <EmptyState title={t('emptyTitle')}>{t('empty')}</EmptyState>}
      {a.outline && b.outline && <Comparison key={`${a.id} ${b.id} ${by}`} a={a.outline} b={b.outline} by={by} span={span} />}
    </Page>
  )
}

function Comparison({ a, b, by, span }: { a: IncidentOutline; b: IncidentOutline; by: Alignment; span: Span }) {
  const { t } = useTranslation('compare')
  const [cursor, setCursor] = useState(0)
  const zeroA = zeroOf(a, by)
  const zeroB = zeroOf(b, by)
  const { range, rows, all } = useMemo(() => {
    const sides = [
      { zero: zeroA, entries: a.entries, series: a.series },
      { zero: zeroB, entries: b.entries, series: b.series },
    ]
    const moments = sides.flatMap(({ zero, entries, series }) => [
      ...entries.map((entry) => entry.at - zero),
      ...series.flatMap(({ from, to }) => [from, to].flatMap((at) => (at === null ? [] : [at - zero]))),
    ])
    const shown = axisRange(moments, span)
    const [left, right] = sides
    return { range: shown, rows: left && right ? alignRows(left, right, shown) : [], all: stops(sides, shown) }
  }, [a, b, zeroA, zeroB, span])
  const step = (way: 1 | -1) => setCursor((now) => stepTo(all, now, way))
  const phases = PHASES.map((phase) => phase.from).filter((from) => from <= range.to)
  const section = t('title')
  useCommands([
    { id: 'compare.later', section, label: t('later'), shortcut: ['J', 'ArrowDown', 'ArrowRight'], hidden: true, run: () => step(1) },
    { id: 'compare.earlier', section, label: t('earlier'), shortcut: ['K', 'ArrowUp', 'ArrowLeft'], hidden: true, run: () => step(-1) },
    {
      id: 'compare.next-phase',
      section,
      label: t('nextPhase'),
      shortcut: [']', 'Shift+J'],
      run: () => setCursor((now) => stepTo(phases, now, 1)),
    },
    {
      id: 'compare.previous-phase',
      section,
      label: t('previousPhase'),
      shortcut: ['[', 'Shift+K'],
      run: () => setCursor((now) => stepTo(phases, now, -1)),
    },
  ])
  const more = a.entryTotal > a.entries.length || b.entryTotal > b.entries.length
  return (
    <>
      <StandingBar a={a} b={b} zeroA={zeroA} zeroB={zeroB} cursor={cursor} onStep={step} />
      <div className={styles['columns']}>
        <Guarded of={rows}>
          <FactTable a={a} b={b} by={by} />
        </Guarded>
        <div className={styles['curves']}>
          <Guarded of={rows}>
            <CompareCurves a={a} b={b} zeroA={zeroA} zeroB={zeroB} range={range} cursor={cursor} />
          </Guarded>
          <AxisStrip a={a} b={b} zeroA={zeroA} zeroB={zeroB} range={range} cursor={cursor} onPick={setCursor} />
        </div>
      </div>
      <h2 className={styles['heading']}>
        {t('timelines')} <small>{more ? t('keyOnlyFirst', { number: Math.max(a.entries.length, b.entries.length) }) : t('keyOnly')}</small>
      </h2>
      <Guarded of={rows}>
        <AlignedTimelines
          rows={rows}
          a={{ incidentId: a.incident.id, zero: zeroA }}
          b={{ incidentId: b.incident.id, zero: zeroB }}
          cursor={cursor}
          slot={slotOf(cursor)}
          onPick={setCursor}
        />
      </Guarded>
    </>
  )
}
