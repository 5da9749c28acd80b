import { Notification } from 'electron'
import type { DesktopNotice } from '#contract/desktop-ipc.ts'

/** Notifications being shown; without a reference, one would be garbage-collected and its click lost. */
const shown = new Set<Notification>()

/**
 * Shows a notification of the operating system.
 * @param onClick called when the user clicks it
 * @returns false if the system has no notifications
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
