import { dirname, join, relative } from 'node:path'

/** A source file; its path is relative to the root, with `/`. */
export type Source = { path: string; text: string }

/** An import from one folder of a part into another; the empty name is the part's own folder. */
export type FolderImport = { path: string; from: string; to: string; target: string }

const FROM = /(?:from|import|import\() ?'(\.[^']+)'/g

/**
 * The imports inside a part that lead from one of its folders into another. Imports of types count: a folder that needs the type of
 * another cannot be understood without it.
 * @param part such as `src/hub`
 */
export function folderImports(sources: readonly Source[], part: string): FolderImport[] {
  const folderOf = (path: string) => relative(part, dirname(path)).split(/[\\/]/)[0] ?? ''
  return sources.flatMap(({ path, text }) => {
    if (!path.startsWith(`${part}/`)) return []
    const from = folderOf(path)
    return [...text.matchAll(FROM)].flatMap(([, name = '']) => {
      const target = join(dirname(path), name)
      const to = folderOf(target)
      return to === from || to.startsWith('..') ? [] : [{ path, from, to, target }]
    })
  })
}

/** The imports that do not lead downwards in an order of folders, lowest first; folders of one floor do not know each other. */
export function againstOrder(imports: readonly FolderImport[], floors: readonly (readonly string[])[]): string[] {
  const floorOf = (folder: string) => (folder === '' ? floors.length : floors.findIndex((floor) => floor.includes(folder)))
  return imports.flatMap(({ path, from, to, target }) => (floorOf(to) < floorOf(from) && floorOf(to) >= 0 ? [] : [`${path} → ${target}`]))
}
