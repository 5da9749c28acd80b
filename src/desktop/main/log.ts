/** Maximum number of logged refusals; a faulty page could otherwise fill the disk with them. */
const MOST_REFUSALS = 50

/** Logs refusals, up to the maximum. */
export function createRefusalLog(): (what: string, detail: string) => void {
  let refusals = 0
  return (what, detail) => {
    refusals++
    if (refusals <= MOST_REFUSALS) writeLog('warn', `Refused: ${what}`, detail.slice(0, 200))
    if (refusals === MOST_REFUSALS) writeLog('warn', 'Further refusals are not written down')
  }
}

/** Writes one line to standard error: time, level, message and details. */
export function writeLog(level: 'info' | 'warn' | 'error', message: string, detail?: unknown): void {
  const rest = detail === undefined ? '' : ` ${detail instanceof Error ? (detail.stack ?? detail.message) : JSON.stringify(detail)}`
  process.stderr.write(`${new Date().toISOString()} ${level} ${message}${rest}\n`)
}
