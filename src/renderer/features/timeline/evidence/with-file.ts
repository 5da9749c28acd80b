import type { Evidence } from '#domain/timeline/entry.ts'

/** Longest name that is kept of a file. */
const NAME_LIMIT = 200

/**
 * Files with one more. The same content under another name is one file by both its names: neither goes without a word, and
 * the content is kept once.
 */
export function withFile(files: readonly Evidence[], file: Evidence): Evidence[] {
  const same = files.find((one) => one.hash === file.hash)
  if (!same) return [...files, file]
  if (same.name.split(' = ').includes(file.name)) return [...files]
  const name = `${same.name} = ${file.name}`
  return files.map((one) => (one === same && name.length <= NAME_LIMIT ? { ...one, name } : one))
}
