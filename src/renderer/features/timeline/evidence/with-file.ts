import type { Evidence } from '#domain/timeline/entry.ts'

/** Maximum length of a file name. */
const NAME_LIMIT = 200

/**
 * Adds a file to a list. The same content under another name is one file with both names, unless together they are longer than the limit;
 * the content is stored once.
 */
export function withFile(files: readonly Evidence[], file: Evidence): Evidence[] {
  const same = files.find((one) => one.hash === file.hash)
  if (!same) return [...files, file]
  if (same.name.split(' = ').includes(file.name)) return [...files]
  const name = `${same.name} = ${file.name}`
  return files.map((one) => (one === same && name.length <= NAME_LIMIT ? { ...one, name } : one))
}
