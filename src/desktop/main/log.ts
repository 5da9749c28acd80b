/** Writes one line to the standard error stream: time, level, message and what is known besides. */
export function writeLog(level: 'info' | 'warn' | 'error', message: string, detail?: unknown): void {
  const rest = detail === undefined ? '' : ` ${detail instanceof Error ? (detail.stack ?? detail.message) : JSON.stringify(detail)}`
  process.stderr.write(`${new Date().toISOString()} ${level} ${message}${rest}\n`)
}
