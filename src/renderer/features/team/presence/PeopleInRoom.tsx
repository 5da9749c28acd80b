import { useTranslation } from 'react-i18next'
import classes from './Presence.module.css'
import { usePeopleHere } from './use-people-here.ts'

/** Who else has this incident open, and who is writing in it. */
export function PeopleInRoom({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('team')
  const people = usePeopleHere().filter((person) => person.place?.incidentId === incidentId)
  if (people.length === 0) return null
  const writer = people.find((person) => person.place?.writing)
  const words = writer ? t('presence.writing', { name: writer.name }) : t('presence.looking', { names: people.map(({ name }) => name).join('、') })
  return (
    <span className={classes['room']} title={words}>
      {words}
    </span>
  )
}
