import type { WordingStatus } from '#contract/wording-api.ts'
import {
  IconArrowBackUp,
  IconBan,
  IconCalendarTime,
  IconChecks,
  IconCircleCheckFilled,
  IconHourglassEmpty,
  IconPencil,
  IconProgressCheck,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './WordingMark.module.css'

const SIGNS: Record<WordingStatus, typeof IconBan> = {
  published: IconCircleCheckFilled,
  scheduled: IconCalendarTime,
  expired: IconHourglassEmpty,
  approved: IconChecks,
  'in-review': IconProgressCheck,
  rejected: IconArrowBackUp,
  draft: IconPencil,
  withdrawn: IconBan,
}

/** The status of a text as sign and word. */
export function WordingMark({ status }: { status: WordingStatus }) {
  const { t } = useTranslation('wording')
  const Sign = SIGNS[status]
  return (
    <span className={classes['mark']} data-status={status}>
      <Sign size={15} stroke={1.8} aria-hidden="true" /> {t(`status.${status}`)}
    </span>
  )
}
