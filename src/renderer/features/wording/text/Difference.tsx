import type { WordingContent } from '#domain/wording/content.ts'
import { difference, type ParagraphDifference, type Segment } from '#domain/wording/text/difference/difference.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Difference.module.css'
import { paragraphsOf, type Paragraph } from './paragraphs.ts'
import { listedFacts } from './listed-facts.ts'

type Props = { before: WordingContent; after: WordingContent; title: string }
type Layout = 'inline' | 'side'

/**
 * The difference of two revisions by words, inline or side by side. Numbers, dates, times and telephones that changed are listed
 * above it (MS-03); unchanged paragraphs are folded away.
 */
export function Difference({ before, after, title }: Props) {
  const { t } = useTranslation('wording')
  const [layout, setLayout] = useState<Layout>('inline')
  const [whole, setWhole] = useState(false)
  const { old, now, paragraphs, facts } = useMemo(() => {
    const [one, two] = [paragraphsOf(before), paragraphsOf(after)]
    const [from, to] = [one.map(({ text }) => text), two.map(({ text }) => text)]
    const compared = difference(from, to)
    return { old: one, now: two, paragraphs: compared, facts: listedFacts(from, to, compared) }
  }, [before, after])
  const changed = paragraphs.filter(({ kind }) => kind !== 'same')
  const unchanged = paragraphs.length - changed.length
  const shown = whole ? paragraphs : changed
  return (
    <section className={classes['difference']} aria-label={title}>
      <div className={classes['head']}>
        <h3>{title}</h3>
        {changed.length > 0 && (
          <SegmentedControl
            size="xs"
            aria-label={t('difference.layout')}
            value={layout}
            onChange={(value) => setLayout(value === 'side' ? 'side' : 'inline')}
            data={[
              { value: 'inline', label: t('difference.inline') },
              { value: 'side', label: t('difference.side') },
            ]}
          />
        )}
      </div>
      {changed.length === 0 && <p className={classes['none']}>{t('difference.none')}</p>}
      {facts.length > 0 && (
        <ul className={classes['facts']} aria-label={t('difference.facts')}>
          {facts.map(({ kind, before: gone, after: come }) => (
            <li key={`${kind} ${gone ?? ''} ${come ?? ''}`}>
              <span>{t(`fact.${kind}`)}</span>
              {gone === null ? <i>{t('difference.factNew')}</i> : <del>{gone}</del>}
              <span aria-hidden="true">→</span>
              {come === null ? <i>{t('difference.factGone')}</i> : <ins>{come}</ins>}
            </li>
          ))}
        </ul>
      )}
      <div className={classes['paragraphs']} data-layout={layout}>
        {shown.map((paragraph) => (
          <Changed
            key={`${paragraph.before ?? ''}-${paragraph.after ?? ''}`}
            paragraph={paragraph}
            place={now[paragraph.after ?? -1] ?? old[paragraph.before ?? -1]}
            layout={layout}
          />
        ))}
      </div>
      {unchanged > 0 && changed.length > 0 && (
        <ActButton quiet readsOnly size="compact-xs" onAct={() => setWhole(!whole)}>
          {whole ? t('difference.fold') : t('difference.unfold', { count: unchanged })}
        </ActButton>
      )}
    </section>
  )
}

type ChangedProps = { paragraph: ParagraphDifference; place: Paragraph | undefined; layout: Layout }

function Changed({ paragraph: { kind, segments }, place, layout }: ChangedProps) {
  const { t } = useTranslation('wording')
  return (
    <div className={classes['paragraph']} data-kind={kind}>
      <span className={classes['label']}>
        {place && t(`part.${place.kind}`)}
        {kind !== 'same' && <b>{t(`difference.${kind}`)}</b>}
      </span>
      {layout === 'inline' ? (
        <p>
          <Segments segments={segments} />
        </p>
      ) : (
        <div className={classes['sides']}>
          <p>
            <Segments segments={segments.filter((one) => one.kind !== 'added')} />
          </p>
          <p>
            <Segments segments={segments.filter((one) => one.kind !== 'removed')} />
          </p>
        </div>
      )}
    </div>
  )
}

function Segments({ segments }: { segments: readonly Segment[] }) {
  let at = 0
  return segments.map(({ kind, text }) => {
    const key = `${at} ${kind}`
    at += text.length
    if (kind === 'same') return <span key={key}>{text}</span>
    return kind === 'added' ? <ins key={key}>{text}</ins> : <del key={key}>{text}</del>
  })
}
