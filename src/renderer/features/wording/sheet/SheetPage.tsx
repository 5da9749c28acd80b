import { useRead } from '#client/use-read.ts'
import type { WordingRow } from '#contract/wording-api.ts'
import { missingValues } from '#domain/wording/values.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { PrintFrame } from '#ui/PrintFrame.tsx'
import { QrCode } from '#ui/QrCode.tsx'
import { formatExact } from '#ui/time/format-time.ts'
import { currentTime } from '#ui/time/use-now.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { byKind } from '../library/library-rows.ts'
import { ContentReading } from '../text/ContentReading.tsx'
import { useWordingScope } from '../use-wording-scope.ts'
import { wordingAddress } from '../wording-address.ts'
import classes from './SheetPage.module.css'

/**
 * The texts in use on paper, for desks without a screen or network: each with its version and fingerprint, and a code that leads to
 * the agents' console, where somebody can look whether the sheet still holds.
 */
export function SheetPage() {
  const { t, i18n } = useTranslation('wording-sheet')
  const { incidentId, incident, failure: noIncident } = useWordingScope()
  const { data, failure, readAgain } = useRead('wordings.list', { incidentId, removed: false })
  const addresses = useRead('team.about', {}).data?.addresses
  const [printedAt] = useState(() => currentTime())
  const rows = (data ?? []).filter(({ live, status }) => live && status === 'published')
  const title = incidentId === null ? t('library') : incident?.title
  const console = addresses?.[0] === undefined ? null : `${addresses[0].replace(/\/+$/, '')}/console/`
  return (
    <PrintFrame
      title={title === undefined ? undefined : t('documentTitle', { title })}
      back={{ to: wordingAddress(incidentId), label: t('back') }}
      ready={data !== undefined && title !== undefined}
      above={
        <>
          {noIncident && <FailureNotice failure={noIncident} />}
          {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
          {data && rows.length === 0 && <EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
        </>
      }
    >
      <header className={classes['head']}>
        <div>
          <p className={classes['small']}>{t('terms:product')}</p>
          <h1>{t('documentTitle', { title })}</h1>
          <p>
            <b>{t('asOf', { when: formatExact(printedAt, i18n.language), count: rows.length })}</b>
          </p>
          <p>{t('valid')}</p>
          {console !== null && <p className={classes['small']}>{console}</p>}
        </div>
        {console !== null && <QrCode text={console} label={t('code')} />}
      </header>
      {byKind(rows).map((group) => (
        <section key={group.kind}>
          <h2>{t(`wording:kind.${group.kind}`)}</h2>
          {group.rows.map((row) => (
            <PrintedText key={row.id} row={row} incidentId={incidentId} />
          ))}
        </section>
      ))}
    </PrintFrame>
  )
}

function PrintedText({ row, incidentId }: { row: WordingRow; incidentId: string | null }) {
  const { t, i18n } = useTranslation('wording-sheet')
  const { live } = row
  const revision = useRead('wordings.revision', live && { incidentId, revisionId: live.revisionId })
  if (!live) return null
  const place = [row.scenario, row.emotion && t(`wording:emotion.${row.emotion}`)].filter(Boolean).join(' · ')
  const content = revision.data?.content
  return (
    <article className={classes['text']}>
      <h3>{row.title}</h3>
      <p className={classes['small']}>
        {place !== '' && <span>{place}</span>}
        <b>{t('wording:revision', { number: live.number })}</b>
        <code>{live.hash.slice(0, 12)}</code>
        <span>{t('from', { when: formatExact(Math.max(live.from, live.at), i18n.language) })}</span>
        {live.until !== null && <b>{t('until', { when: formatExact(live.until, i18n.language) })}</b>}
      </p>
      {revision.failure && <FailureNotice failure={revision.failure} />}
      {content && (
        <ContentReading
          content={content}
          titled={false}
          filled={{ values: live.values, missing: missingValues(content, live.values, row.kind) }}
        />
      )}
    </article>
  )
}
