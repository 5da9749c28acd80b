import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Real histories are beside the repository on some machines; we may not redistribute them. */
const FOLDER = resolve(import.meta.dirname, '../../../shared/data')

export type RealFiles = { paths: string[]; skipReason: string | null }

/** The CSV files of a folder of real data, or why there are none. */
export function realFiles(name: 'hot-topics' | 'event-series'): RealFiles {
  const folder = join(FOLDER, name)
  const paths = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.csv'))
        .toSorted()
        .map((file) => join(folder, file))
    : []
  return { paths, skipReason: paths.length === 0 ? `real data is not on this machine (../shared/data/${name})` : null }
}
