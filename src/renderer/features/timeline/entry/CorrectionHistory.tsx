import type { EntryView } from '#contract/timeline-api.ts'
import type { EntryContent } from '#domain/timeline/entry.ts'
import { RevealableText } from '#features/personal'
import { useRoom } from '#features/room'
import { formatExact, machineTime } from '#ui/time/format-time.ts'
import { useTranslation } from 'react-i18next'
import { Part } from './Part.tsx'
import { textDifference } from './text-difference.ts'
import styles from './CorrectionHistory.module.css'

/** All corrections, newest first, with the changes marked; the full original is last. */
export function CorrectionHistory({ entry }: { entry: EntryView }) {
  const { t, i18n } = useTranslation('timeline')
  const room = useRoom()
  const original = entry.corrections[0]?.before
  const versions = entry.corrections.map((correction, index) => ({ correction, after: entry.corrections[index + 1]?.before ?? entry }))
  return (
    <Part title={t('row.corrected', { times: entry.corrections.length })} id="entry-corrections">
      <ol className={styles['history']} reversed>
        {versions.toReversed().map(({ correction, after }, index) => (
          <li key={`${correction.at}-${versions.length - index}`}>
            <p className={styles['head']}>
              {correction.byName} · <time dateTime={machineTime(correction.at)}>{formatExact(correction.at, i18n.language)}</time>
            </p>
            <p>{t('correct.because', { reason: correction.reason })}</p>
            <Changes before={correction.before} after={after} />
          </li>
        ))}
      </ol>
      {original && (
        <div className={styles['original']}>
          <p className={styles['head']}>{t('correct.original')}</p>
          <p>
            <RevealableText
              text={original.text}
              incidentId={room.incident.id}
              of={{ kind: 'entry', id: entry.id, field: 'corrections.0.before.text' }}
            />
          </p>
        </div>
      )}
    </Part>
  )
}

function Changes({ before, after }: { before: EntryContent; after: EntryContent }) {
  const { t, i18n } = useTranslation('timeline')
  const kindWord = (content: EntryContent) =>
    content.turningPoint
      ? `${t(`terms:kind.${content.kind}`)} · ${t(`terms:turningPoint.${content.turningPoint}`)}`
      : t(`terms:kind.${content.kind}`)
  const fields: [string, string, string][] = [
    [t('composer.text'), before.text, after.text],
    [t('composer.kind'), kindWord(before), kindWord(after)],
    [t('composer.when'), formatExact(before.happenedAt, i18n.language), formatExact(after.happenedAt, i18n.language)],
    [t('decision.reason'), before.decision?.reason ?? '', after.decision?.reason ?? ''],
    [t('decision.decidedBy'), before.decision?.decidedBy ?? '', after.decision?.decidedBy ?? ''],
  ]
  return (
    <dl className={styles['changes']}>
      {fields.map(([name, from, to]) =>
        from === to ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Difference before={from} after={to} />
            </dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** Removed and added text, marked by strike-through and underline as well as by colour. */
function Difference({ before, after }: { before: string; after: string }) {
  return textDifference(before, after).map((part, index) => {
    // The parts have no identity except their order.
    const key = `${index}-${part.kind}`
    if (part.kind === 'removed') return <del key={key}>{part.text}</del>
    return part.kind === 'added' ? <ins key={key}>{part.text}</ins> : <span key={key}>{part.text}</span>
  })
}
