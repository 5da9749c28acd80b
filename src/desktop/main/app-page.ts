import { APP_ORIGIN } from '#contract/desktop-channels.ts'

/** The address of the page. */
export const APP_PAGE = `${APP_ORIGIN}/`

/** Whether an address is the page itself, with any fragment. */
export function isAppPage(address: string): boolean {
  return address === APP_PAGE || address.startsWith(`${APP_PAGE}#`)
}
