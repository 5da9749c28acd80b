import { useRoom } from '#features/room'
import { useFocus } from '#features/team'
import { Page, PageHeader } from '#ui/Page.tsx'
import { useTranslation } from 'react-i18next'
import { PeoplePanel } from './PeoplePanel.tsx'
import classes from './PeoplePage.module.css'

/** The roster of an incident in full width: layers on top, departments side by side below. */
export function PeoplePage() {
  const { t } = useTranslation('people')
  const { incident } = useRoom()
  useFocus('people')
  return (
    <Page wide>
      <PageHeader within title={t('title')} />
      <div className={classes['wide']}>
        <PeoplePanel incident={incident} />
      </div>
    </Page>
  )
}
