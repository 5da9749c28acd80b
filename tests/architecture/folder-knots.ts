import { dirname, join, relative } from 'node:path'

export type Source = { path: string; text: string }

/**
 * The folders of a part that import each other in a circle, directly or through others.
 * @param sources with paths that begin with the part
 * @param part such as `src/domain`; files directly in it join the folders and are not counted
 * @returns one sorted list of folder names per circle
 */
export function findKnots(sources: readonly Source[], part: string): string[][] {
  const edges = findEdges(sources, part)
  const reach = (from: string): Set<string> => {
    const seen = new Set<string>()
    const open = [from]
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const to of edges.get(next) ?? []) {
        if (!seen.has(to)) open.push(to)
        seen.add(to)
      }
    return seen
  }
  const reached = new Map([...edges.keys()].map((folder) => [folder, reach(folder)]))
  const knots = new Map<string, string[]>()
  for (const [folder, seen] of reached) {
    const knot = [...seen].filter((other) => reached.get(other)?.has(folder)).toSorted()
    if (knot.length > 1) knots.set(knot.join(), knot)
  }
  return [...knots.values()]
}

/** Which folders of a part each of them imports, by relative paths or by the name of the part (`#domain/…`). */
function findEdges(sources: readonly Source[], part: string): Map<string, Set<string>> {
  const named = `#${part.replace(/^src\//u, '')}/`
  const folderOf = (path: string) => relative(part, dirname(path)).split(/[\\/]/u)[0] ?? ''
  const edges = new Map<string, Set<string>>()
  for (const { path, text } of sources) {
    if (!path.startsWith(`${part}/`)) continue
    const from = folderOf(path)
    for (const [, name = ''] of text.matchAll(/(?:from|import\() ?'([.#][^']+)'/gu)) {
      if (!name.startsWith('.') && !name.startsWith(named)) continue
      const to = folderOf(name.startsWith('.') ? join(dirname(path), name) : join(part, name.slice(named.length)))
      if (to !== from && from !== '' && to !== '' && !to.startsWith('..')) edges.set(from, (edges.get(from) ?? new Set()).add(to))
    }
  }
  return edges
}
