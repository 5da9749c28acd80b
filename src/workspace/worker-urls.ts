/**
 * The entry files of the worker threads, and the folder of the pages that a hub serves.
 * @param entryUrl `import.meta.url` of the start-*.ts that opens the workspace. From source, the workers are beside the code that
 *   uses them; in the bundle, they are beside the entry.
 */
export function workerUrls(entryUrl: string): { table: URL; integrity: URL; scrub: URL; bootstrap: URL; web: URL } {
  const fromSource = entryUrl.endsWith('.ts')
  return {
    table: fromSource ? new URL('../replica/tables/read/table-worker.ts', import.meta.url) : new URL('table-worker.js', entryUrl),
    integrity: fromSource ? new URL('../storage/integrity-worker.ts', import.meta.url) : new URL('integrity-worker.js', entryUrl),
    scrub: fromSource ? new URL('../replica/store/scrub-worker.ts', import.meta.url) : new URL('scrub-worker.js', entryUrl),
    bootstrap: fromSource ? new URL('../replica/bootstrap/bootstrap-worker.ts', import.meta.url) : new URL('bootstrap-worker.js', entryUrl),
    web: fromSource ? new URL('../../out/web/', import.meta.url) : new URL('../web/', entryUrl),
  }
}
