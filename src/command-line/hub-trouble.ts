import type { ConfigTrouble, HubTrouble } from '#workspace/standalone-hub/open-standalone-hub.ts'
import { failed } from './exit-codes.ts'
import type { Outcome } from './outcome.ts'

/** What is wrong with a configuration. */
export function configFailure(trouble: ConfigTrouble): Outcome {
  if (trouble.kind === 'file') return failed('hub-config-file', { file: trouble.path, detail: trouble.detail })
  if (trouble.kind === 'secret-in-flag') return failed('hub-secret-in-flag', { name: trouble.name })
  if (trouble.kind === 'oidc') return failed(`hub-oidc-${trouble.trouble.why}`, { name: trouble.trouble.name })
  return failed('hub-config-value', { name: trouble.name, detail: trouble.detail })
}

/** Why a hub does not run. */
export function hubFailure(trouble: HubTrouble): Outcome {
  switch (trouble.kind) {
    case 'already-served':
      return failed('already-served', { file: trouble.file })
    case 'port':
      return failed('port-taken', { port: trouble.port })
    case 'host':
      return failed('hub-host', { host: trouble.host, detail: trouble.detail })
    case 'certificate':
      return failed('hub-certificate', { file: trouble.path, detail: trouble.detail })
    case 'metrics-token':
      return failed('hub-metrics-token', { file: trouble.path, detail: trouble.detail })
    case 'hub-key':
      return failed(`hub-key-${trouble.trouble.why}`, { file: trouble.trouble.file, detail: trouble.trouble.detail })
    case 'data-folder':
      return failed('hub-data-folder', { folder: trouble.folder, detail: trouble.detail })
    case 'database':
      break
  }
  const { trouble: inner } = trouble
  switch (inner.kind) {
    case 'damaged':
      return failed('damaged', { file: inner.file, detail: inner.detail })
    case 'newer-version':
      return failed('newer-version', { file: 'file' in inner ? inner.file : 'PostgreSQL', found: inner.found, supported: inner.supported })
    case 'not-durable':
      return failed('hub-database-unsafe', { setting: inner.setting, value: inner.value })
    case 'foreign':
      return failed('hub-database-foreign', { detail: inner.detail })
    default:
      return failed('hub-database', { detail: inner.detail })
  }
}
