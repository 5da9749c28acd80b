import { useTranslation } from 'react-i18next'
import classes from './PeopleAtEntry.module.css'
import { doingOf, type PersonHere } from './people-here.ts'
import { listNames } from './PeopleInRoom.tsx'
import { usePeopleAround } from './use-people-here.ts'

const NOBODY: readonly PersonHere[] = []

/** Who else has an entry open, and who corrects or comments it now, so that two do not do the same. */
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
      {/* Only a correction is read out: it changes what one would do next. */}
      <span role="status">{correcting && words}</span>
      {!correcting && words}
    </span>
  )
}
