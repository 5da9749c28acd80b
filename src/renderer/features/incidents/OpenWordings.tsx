import { useReadEach } from '#client/use-read-each.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { WordingRow } from '#contract/wording-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { isLive } from '#domain/incidents/incident.ts'
import { classNames } from '#ui/class-names.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import list from './DashboardList.module.css'
import classes from './OpenWordings.module.css'
import { inOrderOfUrgency } from './order-of-urgency.ts'

/** Maximum number of incidents whose texts are read, and of lines. */
const MOST_READ = 20
const SHOWN = 6

const isOpen = ({ live, inReview }: WordingRow) => live?.unapproved === true || inReview !== null
const dueOf = ({ inReview }: WordingRow) => inReview?.dueAt ?? Number.POSITIVE_INFINITY

/** Texts of open incidents that were released before their approval, or are in approval, the first due first; nothing if there is none. */
export function OpenWordings({ incidents }: { incidents: readonly IncidentView[] }) {
  const { t, i18n } = useTranslation('incidents')
  const now = useNow(MINUTE)
  const open = inOrderOfUrgency(incidents.filter(isLive)).slice(0, MOST_READ)
  const read = useReadEach(
    'wordings.list',
    open.map(({ id }) => ({ incidentId: id })),
  )
  const rows = read.flatMap(({ data }) => data?.filter(isOpen) ?? []).toSorted((a, b) => dueOf(a) - dueOf(b))
  if (rows.length === 0) return null
  return (
    <section className={classNames(list['list'], classes['wordings'])} aria-label={t('openWordings.title')}>
      <h2>
        {t('openWordings.title')} <span>{rows.length}</span>
      </h2>
      <ul>
        {rows.slice(0, SHOWN).map((row) => {
          const dueAt = row.inReview?.dueAt ?? null
          const late = dueAt !== null && dueAt < now
          return (
            <li key={row.id}>
              <Link to={`/incidents/${row.incidentId ?? ''}/wording/${row.id}?part=approval`}>{row.title}</Link>
              {row.live?.unapproved && <strong>{t('openWordings.unapproved')}</strong>}
              {dueAt !== null && (
                <span data-late={late || undefined}>
                  {t(late ? 'waiting.late' : 'waiting.due', { time: formatMoment(dueAt, now, i18n.language) })}
                </span>
              )}
              <span>{open.find(({ id }) => id === row.incidentId)?.title}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
