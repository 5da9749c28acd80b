import { Notifications } from '@mantine/notifications'
import classes from './Notices.module.css'

/** Notifications at the foot of the rail, in their own area, so that they cover no controls. */
export function Notices() {
  return (
    <div className={classes['place']}>
      <Notifications position="bottom-left" limit={4} withinPortal={false} />
    </div>
  )
}
