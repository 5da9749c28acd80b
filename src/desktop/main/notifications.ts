import { Notification } from 'electron'
import type { DesktopNotice } from '#contract/desktop-ipc.ts'

/** Notices on the screen; one that nothing refers to is collected and its click is lost. */
const shown = new Set<Notification>()

/**
 * Shows a notice of the operating system.
 * @param onClick told when the user chose it
 * @returns false where the system has no notices
 */
export function showNotice(notice: DesktopNotice, onClick: () => void): boolean {
  if (!Notification.isSupported()) return false
  const notification = new Notification({ title: notice.title, body: notice.body, urgency: 'critical' })
  const forget = () => void shown.delete(notification)
  notification.once('click', () => {
    forget()
    onClick()
  })
  notification.once('close', forget)
  notification.once('failed', forget)
  shown.add(notification)
  notification.show()
  return true
}
