import { useRoom } from '#features/room'
import { useAttention } from '#features/team'
import { Page, PageHeader } from '#ui/Page.tsx'
import { useTranslation } from 'react-i18next'
import { PeoplePanel } from './PeoplePanel.tsx'
import classes from './PeoplePage.module.css'

/** Who stands where in an incident, over the whole width: the layers above, the departments beside each other below. */
export function PeoplePage() {
  const { t } = useTranslation('people')
  const { incident } = useRoom()
  useAttention('people')
  return (
    <Page wide>
      <PageHeader within title={t('title')} />
      <div className={classes['wide']}>
        <PeoplePanel incident={incident} />
      </div>
    </Page>
  )
}
