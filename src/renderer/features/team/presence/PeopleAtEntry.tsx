import { useTranslation } from 'react-i18next'
import classes from './PeopleAtEntry.module.css'
import { doingOf, type PersonHere } from './people-here.ts'
import { listNames } from './PeopleInRoom.tsx'
import { usePeopleAround } from './use-people-here.ts'

const NOBODY: readonly PersonHere[] = []

/** Colleagues who have an entry open, correct it or comment on it, so that two do not do the same work. */
export function PeopleAtEntry({ incidentId, entryId }: { incidentId: string; entryId: string }) {
  const { t, i18n } = useTranslation('team')
  const people = usePeopleAround(incidentId).byEntity.get(entryId) ?? NOBODY
  const at = (doing: ReturnType<typeof doingOf>) => people.find((person) => doingOf(person) === doing)
  const correcting = at('correcting')
  const commenting = at('commenting')
  const words = correcting
    ? t('presence.doing.correcting', { name: correcting.name })
    : commenting
      ? t('presence.doing.commenting', { name: commenting.name })
      : people.length === 0
        ? ''
        : t('presence.looking', { names: listNames(people, i18n.language) })
  return (
    <span className={classes['words']} title={words || undefined}>
      {/* Only a correction is announced, because it affects what the user does next. */}
      <span role="status">{correcting && words}</span>
      {!correcting && words}
    </span>
  )
}
