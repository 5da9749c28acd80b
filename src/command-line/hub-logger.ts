import { pino, type DestinationStream } from 'pino'

export type HubLogLevel = 'debug' | 'info' | 'warn' | 'error'
export type HubLog = (level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>) => void

/** What may say who somebody is or what was written, or let somebody in: never in a log, whoever hands it over. */
const PRIVATE = [
  'name',
  'text',
  'title',
  'login',
  'token',
  'secret',
  'password',
  'code',
  'body',
  'authorization',
  'cookie',
  'url',
  'query',
  'address',
]

/** Structured logs, one JSON object a line, times in ISO 8601. */
export function createHubLogger(level: HubLogLevel, stream: DestinationStream): HubLog {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: PRIVATE.flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' },
    },
    stream,
  )
  return (severity, message, detail) => logger[severity](detail ?? {}, message)
}
