import type { PersonView } from '#contract/people-api.ts'
import { PendingMark } from '#ui/PendingMark.tsx'
import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './PeoplePanel.module.css'

/** One person with backup and duty; a click opens the form. */
export function PersonRow({ person, onEdit }: { person: PersonView; onEdit: () => void }) {
  const { t } = useTranslation('people')
  return (
    <UnstyledButton className={classes['person']} onClick={onEdit} title={t('edit', { name: person.name })}>
      <span className={classes['names']}>
        <b>{person.name}</b>
        <span data-missing={person.backup === '' ? '' : undefined}>
          {person.backup === '' ? t('noBackup') : t('backupIs', { name: person.backup })}
        </span>
        <PendingMark pending={person.pending} />
      </span>
      {person.duty !== '' && <span className={classes['duty']}>{person.duty}</span>}
    </UnstyledButton>
  )
}
