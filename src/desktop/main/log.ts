/** So many refusals are written down; a page gone wrong could otherwise fill the disk of whoever keeps the log. */
const MOST_REFUSALS = 50

/** Writes down what was refused, as long as it is little. */
export function createRefusalLog(): (what: string, detail: string) => void {
  let refusals = 0
  return (what, detail) => {
    refusals++
    if (refusals <= MOST_REFUSALS) writeLog('warn', `Refused: ${what}`, detail.slice(0, 200))
    if (refusals === MOST_REFUSALS) writeLog('warn', 'Further refusals are not written down')
  }
}

/** Writes one line to the standard error stream: time, level, message and what is known besides. */
export function writeLog(level: 'info' | 'warn' | 'error', message: string, detail?: unknown): void {
  const rest = detail === undefined ? '' : ` ${detail instanceof Error ? (detail.stack ?? detail.message) : JSON.stringify(detail)}`
  process.stderr.write(`${new Date().toISOString()} ${level} ${message}${rest}\n`)
}
