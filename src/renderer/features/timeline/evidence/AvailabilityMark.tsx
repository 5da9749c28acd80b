import type { EvidenceAvailability } from '#contract/file-api.ts'
import { Progress } from '@mantine/core'
import { IconCircleCheck, IconCloudDown, IconCloudUp, IconDeviceLaptop, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { evidenceLocation, type EvidenceLocation } from './evidence-location.ts'
import styles from './AvailabilityMark.module.css'

const ICONS: Record<EvidenceLocation, Icon> = {
  safe: IconCircleCheck,
  waiting: IconDeviceLaptop,
  sending: IconCloudUp,
  elsewhere: IconDeviceLaptop,
  coming: IconCloudUp,
  unasked: IconCloudDown,
  'at-hub': IconCloudDown,
  fetching: IconCloudDown,
}

/** The location and transfer progress of a file. */
export function AvailabilityMark({ availability, name }: { availability: EvidenceAvailability; name: string }) {
  const { t } = useTranslation('timeline')
  const { location, fraction } = evidenceLocation(availability)
  const Sign = ICONS[location]
  const percent = Math.floor((fraction ?? 0) * 100)
  return (
    <div className={styles['availability']} data-place={location}>
      <Sign size={14} aria-hidden="true" />
      <span>{t(`evidence.location.${location}`)}</span>
      {fraction !== null && (
        <>
          <Progress className={styles['bar']} value={percent} size="xs" aria-label={t('evidence.under', { name })} />
          <span data-digits>{percent}%</span>
        </>
      )}
    </div>
  )
}
