import { pino, type DestinationStream } from 'pino'

export type HubLogLevel = 'debug' | 'info' | 'warn' | 'error'
export type HubLog = (level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>) => void

/** Fields that may identify a person, contain a text, or grant access: always removed from the log. */
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

/** Structured logs, one JSON object per line, times in ISO 8601. */
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
