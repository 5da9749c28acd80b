import type { ResourceLanguage } from 'i18next'
import { byNamespace } from './by-namespace.ts'

/** All words in English. */
export const words: ResourceLanguage = byNamespace(
  import.meta.glob('../../../../resources/locales/en/*.json', { eager: true, import: 'default' }),
)
