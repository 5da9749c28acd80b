import type { IncidentView } from '#contract/incident-api.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './Reach.module.css'
import { ReachBar, TimeLeft, UrgencyMark } from './ReachMarks.tsx'
import { inOrderOfNeed, unconfirmed } from './reach.ts'
import { useReachOfAll } from './use-reach.ts'

const SHOWN = 6
const AGAIN_MS = 5000

const addressOf = (incidentId: string | null, wordingId: string) =>
  `${incidentId === null ? '' : `/incidents/${incidentId}`}/wording/${wordingId}`

/** Who still has not read it: the live texts that agents have not confirmed, the most pressing first. Nothing while there is none. */
export function StillToRead({ incidents }: { incidents: readonly IncidentView[] }) {
  const { t } = useTranslation('agents')
  const now = useNow(60_000)
  const { rows, failure } = useReachOfAll(incidents, AGAIN_MS)
  const open = inOrderOfNeed(
    rows.filter((row) => unconfirmed(row) > 0),
    now,
  )
  if (open.length === 0 && failure === null) return null
  return (
    <section className={classes['still']} aria-label={t('still.title')}>
      <h2>
        {t('still.title')} {open.length > 0 && <span>{open.length}</span>}
      </h2>
      {failure && <p className={classes['unknown']}>{t('reach.unknown')}</p>}
      <ul>
        {open.slice(0, SHOWN).map((row) => (
          <li key={row.wordingId}>
            <Link to={addressOf(row.incidentId, row.wordingId)}>{row.title}</Link>
            <UrgencyMark urgency={row.urgency} />
            <span>{t('still.count', { count: unconfirmed(row), total: row.total })}</span>
            <ReachBar counts={row} />
            <TimeLeft row={row} />
            <span className={classes['soft']}>{row.incident?.title ?? t('still.library')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
