import { ExportMenu } from '#features/exports'
import { ImportHistory } from '#features/imports'
import { FollowList } from '#features/notices'
import { usePermit } from '#features/permissions'
import { useRoom } from '#features/room'
import { ActButton } from '#ui/ActButton.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { IconArrowsLeftRight, IconDeviceTv, IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { KeepAll } from '../evidence/KeepAll.tsx'
import { FirstSteps } from './FirstSteps.tsx'
import { SeriesList } from './SeriesList.tsx'
import type { SideTab } from './side-tabs.ts'
import { SituationSummary } from './SituationSummary.tsx'
import styles from './RoomSummary.module.css'

/** The overview beside the timeline: situation summary, import and export, imports, and number series. */
export function RoomSummary({ onShow }: { onShow: (tab: SideTab) => void }) {
  const { t } = useTranslation('timeline')
  const navigate = useNavigate()
  const { incident } = useRoom()
  const barred = usePermit('import.write', { incident })
  return (
    <div className={styles['summary']}>
      <FirstSteps onShow={onShow} />
      <Guarded of={incident}>
        <SituationSummary onShow={onShow} />
      </Guarded>
      <div className={styles['acts']}>
        <ActButton
          quiet
          size="compact-md"
          barred={barred}
          leftSection={<IconFileImport size={16} aria-hidden="true" />}
          onAct={() => void navigate(`/incidents/${incident.id}/import`)}
        >
          {t('summary.import')}
        </ActButton>
        <ExportMenu incidentId={incident.id} />
        <ActButton
          quiet
          readsOnly
          size="compact-md"
          leftSection={<IconArrowsLeftRight size={16} aria-hidden="true" />}
          onAct={() => void navigate(`/compare?a=${incident.id}`)}
        >
          {t('summary.compare')}
        </ActButton>
        <ActButton
          quiet
          readsOnly
          size="compact-md"
          leftSection={<IconDeviceTv size={16} aria-hidden="true" />}
          onAct={() => void navigate(`/present/${incident.id}`)}
        >
          {t('summary.wall')}
        </ActButton>
      </div>
      <Guarded of={incident}>
        <SeriesList />
      </Guarded>
      <FollowList incident={incident} />
      <KeepAll />
      <Guarded of={incident}>
        <ImportHistory incident={incident} />
      </Guarded>
    </div>
  )
}
