import type { ResourceLanguage } from 'i18next'
import { byNamespace } from './by-namespace.ts'

/** All translations in Simplified Chinese. */
export const words: ResourceLanguage = byNamespace(
  import.meta.glob('../../../../resources/locales/zh-Hans/*.json', { eager: true, import: 'default' }),
)
