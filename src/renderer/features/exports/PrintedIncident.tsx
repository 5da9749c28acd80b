import type { IncidentView } from '#contract/incident-api.ts'
import type { EntryView } from '#contract/timeline-api.ts'
import { clockStatus, type ClockState } from '#domain/incidents/clocks.ts'
import { endOfClocks } from '#domain/incidents/incident.ts'
import type { Evidence } from '#domain/timeline/entry.ts'
import { EntryKindMark } from '#ui/EntryKindMark.tsx'
import { useEntryWords } from '#ui/entry-words.ts'
import { formatBytes } from '#ui/format-bytes.ts'
import { Guarded } from '#ui/Guarded.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { formatClock, formatDay, formatExact, machineTime } from '#ui/time/format-time.ts'
import { currentTime } from '#ui/time/use-now.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportChoice } from './export-choice.ts'
import styles from './PrintedIncident.module.css'
import { PrintedPeople, PrintedRisk, PrintedTasks } from './PrintedParts.tsx'
import { useHerePicture } from './use-here-picture.ts'

type Day = { key: string; at: number; entries: EntryView[] }

function byDay(entries: readonly EntryView[]): Day[] {
  const days: Day[] = []
  for (const entry of entries) {
    const key = new Date(entry.happenedAt).toDateString()
    const last = days.at(-1)
    if (last?.key === key) last.entries.push(entry)
    else days.push({ key, at: entry.happenedAt, entries: [entry] })
  }
  return days
}

/** The printed content: state, clocks, then the timeline with corrections and the hashes of files. */
export function PrintedIncident({
  incident,
  entries,
  choice,
}: {
  incident: IncidentView
  entries: readonly EntryView[]
  choice: ExportChoice
}) {
  const { t, i18n } = useTranslation('exports')
  const [printedAt] = useState(() => currentTime())
  const when = (at: number) => formatExact(at, i18n.language)
  const wordClock = (clock: ClockState) => {
    const { met, stopped, dueAt } = clock
    if (met) return `${when(met.at)}${met.at > dueAt ? t('late') : ''}`
    if (stopped) return t('stopped', { reason: stopped.reason })
    const standing = clockStatus(clock, printedAt, endOfClocks(incident))
    if ('lateMs' in standing && standing.lateMs > 0) return t('overdue')
    return standing.kind === 'unmet' ? t('unmet') : t('running')
  }
  return (
    <div className={styles['paper']}>
      <header>
        <p className={styles['product']}>
          {t('terms:product')} · {t('printedAt', { when: when(printedAt) })}
        </p>
        <h1>{incident.title}</h1>
        <p className={styles['facts']}>
          <LevelMark level={incident.level} />
          {incident.mode !== 'real' && <b className={styles['drill']}>{t(`terms:mode.${incident.mode}`)}</b>}
          <span>{t(`terms:status.${incident.status}`)}</span>
          <span>{t(`terms:type.${incident.type}`)}</span>
          <span>{t(`terms:stage.${incident.stage}`)}</span>
          <span>{t('commander', { name: incident.commanderName })}</span>
          <span>{t('declared', { name: incident.declaredByName, when: when(incident.declaredAt) })}</span>
        </p>
        {incident.known !== '' && (
          <section>
            <h2>{t('known')}</h2>
            <p className={styles['text']}>{incident.known}</p>
          </section>
        )}
        <section>
          <h2>{t('clocks')}</h2>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('clock')}</th>
                <th scope="col">{t('due')}</th>
                <th scope="col">{t('met')}</th>
              </tr>
            </thead>
            <tbody>
              {incident.clocks.map((clock) => (
                <tr key={clock.id}>
                  <th scope="row">{t(`terms:clock.${clock.id}`)}</th>
                  <td>{when(clock.dueAt)}</td>
                  <td>{wordClock(clock)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {choice.parts.includes('tasks') && <PrintedTasks incidentId={incident.id} />}
        {choice.parts.includes('people') && <PrintedPeople incidentId={incident.id} />}
        {choice.parts.includes('risk') && <PrintedRisk incidentId={incident.id} now={printedAt} />}
      </header>
      <section>
        <h2>
          {t('timeline', { number: entries.length.toLocaleString(i18n.language) })}
          {choice.entries === 'starred' && ` · ${t('entries.starred')}`}
        </h2>
        {byDay(entries).map((day) => (
          <section key={day.key} className={styles['day']}>
            <h3>{formatDay(day.at, i18n.language)}</h3>
            {day.entries.map((entry) => (
              <Guarded key={entry.id} of={entry}>
                <PrintedEntry entry={entry} />
              </Guarded>
            ))}
          </section>
        ))}
      </section>
    </div>
  )
}

function PrintedEntry({ entry }: { entry: EntryView }) {
  const { t, i18n } = useTranslation('exports')
  const words = useEntryWords()
  const when = (at: number) => formatExact(at, i18n.language)
  return (
    <article className={styles['entry']}>
      <time dateTime={machineTime(entry.happenedAt)}>{formatClock(entry.happenedAt, i18n.language)}</time>
      <EntryKindMark kind={entry.kind} turningPoint={entry.turningPoint} />
      <div>
        <p className={styles['text']}>
          {entry.starred && <b aria-label={t('starred')}>★ </b>}
          {words(entry)}
        </p>
        {entry.decision && (
          <p className={styles['small']}>{t('decision', { reason: entry.decision.reason, name: entry.decision.decidedBy })}</p>
        )}
        {entry.evidence.map((file) => (
          <PrintedFile key={file.hash + file.name} file={file} />
        ))}
        {entry.corrections.map((correction) => (
          <p key={correction.at} className={styles['small']}>
            {t('corrected', { name: correction.byName, when: when(correction.at), reason: correction.reason })}{' '}
            <s>{correction.before.text}</s>
          </p>
        ))}
        {entry.comments.map((comment) => (
          <p key={comment.id} className={styles['small']}>
            {t('comment', { name: comment.authorName, when: when(comment.at), text: comment.text })}
          </p>
        ))}
        <p className={styles['small']}>
          {t('recorded', { name: entry.authorName, when: when(entry.recordedAt) })}
          {entry.tags.length > 0 && ` · ${entry.tags.map((tag) => `#${tag}`).join(' ')}`}
        </p>
      </div>
    </article>
  )
}

/** A file with its name and hash, and the picture itself if it is one and is on this device. */
function PrintedFile({ file }: { file: Evidence }) {
  const { t } = useTranslation('exports')
  const picture = useHerePicture(file)
  return (
    <>
      <p className={styles['small']}>
        {t('evidence', { name: file.name, size: formatBytes(file.size) })} <code>{file.hash}</code>
      </p>
      {picture !== null && <img className={styles['picture']} src={picture} alt={file.name} />}
    </>
  )
}
