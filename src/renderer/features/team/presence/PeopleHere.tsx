import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { initialsOf } from './people-here.ts'
import classes from './Presence.module.css'
import { usePeopleHere } from './use-people-here.ts'

const SHOWN = 5

/** Colleagues who are online, in the top bar: at most five, then a count. Links to the team page. */
export function PeopleHere() {
  const { t } = useTranslation('team')
  const people = usePeopleHere()
  if (people.length === 0) return null
  return (
    <Link
      to="/settings/team"
      className={classes['people']}
      aria-label={`${t('presence.label')}: ${people.map(({ name }) => name).join(', ')}`}
    >
      {people.slice(0, SHOWN).map((person) => (
        <span key={person.memberId} className={classes['person']} title={t('presence.where', { name: person.name, device: person.device })}>
          {initialsOf(person.name)}
        </span>
      ))}
      {people.length > SHOWN && (
        <span className={classes['more']} title={t('presence.more', { count: people.length - SHOWN })}>
          +{people.length - SHOWN}
        </span>
      )}
    </Link>
  )
}
