import type { ResourceLanguage } from 'i18next'
import { byNamespace } from './by-namespace.ts'

/** All English translations. */
export const words: ResourceLanguage = byNamespace(
  import.meta.glob('../../../../resources/locales/en/*.json', { eager: true, import: 'default' }),
)
