import { rm } from 'node:fs/promises'
import type { ReadContact } from './contact-rows.ts'

/**
 * A file that was given for an import. `owned`: an upload, whose file is removed with its entry. `checks` counts the checks of it;
 * `contacts` are those of the last one, null before it.
 */
export type ImportSource = { path: string; fileName: string; owned: boolean; checks: number; contacts: ReadContact[] | null }

/** Whoever comes back to more than this many files begins anew. */
const KEPT = 3

/** The last files that were given for an import. They hold personal data, so none is kept longer than it is of use. */
export function importSources() {
  const sources = new Map<string, ImportSource>()

  async function forget(id: string): Promise<void> {
    const source = sources.get(id)
    sources.delete(id)
    // Windows keeps a file that is still being read; leftover uploads are removed at the next start.
    if (source?.owned) await rm(source.path, { force: true }).catch(() => undefined)
  }

  return {
    find: (id: string): ImportSource | undefined => sources.get(id),
    forget,
    /** Also forgets the oldest sources beyond the limit. */
    async keep(id: string, source: ImportSource): Promise<void> {
      sources.set(id, source)
      for (const oldest of [...sources.keys()].slice(0, -KEPT)) await forget(oldest)
    },
  }
}
