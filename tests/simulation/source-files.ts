import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PIECE_BYTES } from '#contract/hub-link.ts'

/** A file that a member obtained: a recording, a screenshot. Its content and its name carry a mark, as texts do. */
export type SourceFile = { path: string; name: string; hash: string; size: number; mark: string }

/** Files by number, created on first use. Some fit into one piece, most take several. */
export function createSourceFiles(folder: string, nextMark: () => string): (n: number) => SourceFile {
  const made = new Map<number, SourceFile>()
  return (n) => {
    const known = made.get(n)
    if (known) return known
    mkdirSync(folder, { recursive: true })
    const mark = nextMark()
    const content = Buffer.alloc(1000 + Math.floor((n % 4) * 0.7 * PIECE_BYTES), `${mark} `)
    const path = join(folder, String(n))
    writeFileSync(path, content)
    const file = {
      path,
      name: `录音 ${mark}.bin`,
      hash: createHash('sha256').update(content).digest('hex'),
      size: content.byteLength,
      mark,
    }
    made.set(n, file)
    return file
  }
}
