import { useTranslation } from 'react-i18next'
import classes from './Presence.module.css'
import { usePeopleHere } from './use-people-here.ts'

/** Colleagues who have this incident open, and who is writing. */
export function PeopleInRoom({ incidentId }: { incidentId: string }) {
  const { t, i18n } = useTranslation('team')
  const people = usePeopleHere().filter((person) => person.place?.incidentId === incidentId)
  if (people.length === 0) return null
  const writer = people.find((person) => person.place?.writing)
  const words = writer ? t('presence.writing', { name: writer.name }) : t('presence.looking', { names: listNames(people, i18n.language) })
  return (
    <span className={classes['room']} title={words}>
      {words}
    </span>
  )
}

/** Joins names as a list in the given language. */
export function listNames(people: readonly { name: string }[], language: string): string {
  return new Intl.ListFormat(language, { style: 'narrow', type: 'conjunction' }).format(people.map(({ name }) => name))
}
