import type { ResourceLanguage } from 'i18next'

/** Converts files by path (`…/terms.json`) to translations by namespace (`terms`). */
export function byNamespace(files: Record<string, unknown>): ResourceLanguage {
  return Object.fromEntries(
    Object.entries(files).map(([path, words]) => [path.replace(/^.*\//, '').replace(/\.json$/, ''), words as ResourceLanguage]),
  )
}
