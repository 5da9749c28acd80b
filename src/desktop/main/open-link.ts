import type { BrowserWindow, Dialog, Shell } from 'electron'
import type { Words } from './words.ts'

const OPENABLE = new Set(['https:', 'mailto:', 'tel:'])
const LONGEST = 2000

/**
 * Parses an address that may be opened outside: https to a named host, without a user name in it; mailto without an attachment;
 * tel. Everything else is refused, above all file:, smb:, javascript: and the schemes that start programs
 * (reliability study, section 9, item 15).
 * @returns the address as it will be opened, or null
 */
export function parseLink(text: string): string | null {
  // Programs interpret control characters, blanks and backslashes differently.
  if (text.length > LONGEST || /[\p{Cc}\s\\]/u.test(text)) return null
  const url = URL.parse(text)
  if (!url || !OPENABLE.has(url.protocol)) return null
  // A parser corrects "https:x" and "https:///x"; such an address was not meant as a web page.
  if (url.protocol === 'https:')
    return /^https:\/\/[^/]/i.test(text) && url.username === '' && url.password === '' && !isThisMachine(url.hostname) ? url.href : null
  if (url.protocol === 'mailto:') return isPlainMail(url) ? url.href : null
  return /^\+?[\d().-]{3,30}$/.test(url.pathname) && url.search === '' && url.hash === '' ? url.href : null
}

/** Whether a host is this machine: local servers trust local requests, and a link in an entry may come from another author. */
function isThisMachine(hostname: string): boolean {
  const host = hostname.replace(/\.$/, '')
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^127\.|^0\.0\.0\.0$/.test(host) ||
    /^\[(?:::1?|::ffff:(?:7f[\da-f]{2}|0):[\da-f]{1,4})\]$/.test(host)
  )
}

/** Whether an encoded part contains a control character: a line break would start a new header in the mail. */
function hidesControl(encoded: string): boolean {
  try {
    return /\p{Cc}/u.test(decodeURIComponent(encoded))
  } catch {
    return true
  }
}

function isPlainMail(url: URL): boolean {
  if (hidesControl(url.pathname) || hidesControl(url.search.replaceAll('+', '%20'))) return false
  const allowed = new Set(['subject', 'body', 'cc', 'bcc'])
  return /^[^@/]+@[^@/]+$/.test(url.pathname) && [...url.searchParams.keys()].every((key) => allowed.has(key.toLowerCase()))
}

/**
 * Opens an address in the system's program for it, after showing it completely and asking.
 * @returns whether it was opened
 */
export async function openLink(
  text: string,
  parts: { window: BrowserWindow; dialog: Dialog; shell: Shell; words: Words },
): Promise<boolean> {
  const link = parseLink(text)
  if (link === null) return false
  const { words } = parts
  const answer = await parts.dialog.showMessageBox(parts.window, {
    type: 'question',
    message: words.link.question,
    detail: link,
    buttons: [words.link.open, words.link.cancel],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  if (answer.response !== 0) return false
  await parts.shell.openExternal(link)
  return true
}
