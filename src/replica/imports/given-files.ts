import { rm } from 'node:fs/promises'

/** A file that was given for an import. `owned`: an upload, whose file is removed with its entry. */
export type GivenFile = { path: string; owned: boolean }

export type GivenFiles<File extends GivenFile> = {
  find(id: string): File | undefined
  forget(id: string): Promise<void>
  /** Adds a file, or replaces what is known of it; its time begins anew. Also forgets the oldest files beyond the limit. */
  keep(id: string, file: File): Promise<void>
}

/** Whoever has left an import for so long begins anew, milliseconds. */
export const GIVEN_FOR_MS = 60 * 60_000

/**
 * The last files that were given for an import. They hold personal data, so none is kept longer than it is of use: one that is not
 * asked for again expires.
 * @param kept how many files are kept; the oldest beyond it are forgotten
 */
export function givenFiles<File extends GivenFile>(kept: number, expiresMs = GIVEN_FOR_MS): GivenFiles<File> {
  const files = new Map<string, { file: File; timer: NodeJS.Timeout }>()

  async function forget(id: string): Promise<void> {
    const given = files.get(id)
    if (!given) return
    clearTimeout(given.timer)
    files.delete(id)
    // Windows keeps a file that is still being read; leftover uploads are removed at the next start.
    if (given.file.owned) await rm(given.file.path, { force: true }).catch(() => undefined)
  }

  return {
    find: (id) => files.get(id)?.file,
    forget,
    async keep(id, file) {
      clearTimeout(files.get(id)?.timer)
      files.set(id, { file, timer: setTimeout(() => void forget(id), expiresMs).unref() })
      for (const oldest of [...files.keys()].slice(0, -kept)) await forget(oldest)
    },
  }
}
