import { Notifications } from '@mantine/notifications'
import classes from './Notices.module.css'

/** Notices at the foot of the rail, in a place of their own: they cover nothing that one works with. */
export function Notices() {
  return (
    <div className={classes['place']}>
      <Notifications position="bottom-left" limit={4} withinPortal={false} />
    </div>
  )
}
