import { IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './AroundMark.module.css'
import { doingOf, initialsOf, type PersonHere } from './people-here.ts'

const SHOWN = 3

/** The initials of colleagues at what they have open: at most three, then a count. It does not affect the layout. */
export function AroundMark({ people, at }: { people: readonly PersonHere[] | undefined; at: 'row' | 'tab' }) {
  const { t } = useTranslation('team')
  if (!people || people.length === 0) return null
  const words = (person: PersonHere) => {
    const doing = at === 'tab' ? 'looking' : doingOf(person)
    return doing === 'looking' ? t('presence.looking', { names: person.name }) : t(`presence.doing.${doing}`, { name: person.name })
  }
  return (
    <span className={classes['mark']} data-at={at} title={people.map(words).join('\n')}>
      {people.slice(0, SHOWN).map((person) => (
        <span key={person.memberId} className={classes['person']} aria-hidden="true">
          {initialsOf(person.name)}
          {at === 'row' && doingOf(person) === 'correcting' && <IconPencil size={11} />}
        </span>
      ))}
      {people.length > SHOWN && (
        <span className={classes['more']} aria-hidden="true">
          +{people.length - SHOWN}
        </span>
      )}
      <span className="visually-hidden">{people.map(words).join(' ')}</span>
    </span>
  )
}
