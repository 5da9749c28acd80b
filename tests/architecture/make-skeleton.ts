import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** The parts, by their folders below src. */
export const parts = [
  'domain',
  'contract',
  'storage',
  'replica',
  'hub',
  'workspace',
  'browser',
  'command-line',
  'desktop/main',
  'desktop/preload',
  'renderer',
  'web',
] as const
export type Part = (typeof parts)[number]

export type Skeleton = { folder: string; write: (place: string, text: string) => Promise<void>; remove: () => Promise<void> }

/**
 * A copy of the project's rules without its code: every tsconfig, the lint rules, package.json, and in each part a `probe.ts` to
 * import. A file in it gets the same verdict as in src, and unfinished code in src cannot affect the result.
 */
export async function makeSkeleton(): Promise<Skeleton> {
  const folder = await mkdtemp(join(tmpdir(), 'stormroom-skeleton-'))
  const write = async (place: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, place)), { recursive: true })
    await writeFile(join(folder, place), text)
  }
  for (const path of ['package.json', 'tsconfig.json', '.oxlintrc.json', 'build/tsconfig.base.json', ...(await findProjects())]) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await cp(join(root, path), join(folder, path))
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  for (const part of parts) await write(`src/${part}/probe.ts`, probe)
  for (const feature of ['incidents', 'signals']) await write(`src/renderer/features/${feature}/index.ts`, probe)
  for (const place of ['app', 'client', 'ui', 'features/signals', 'features/signals/table'])
    await write(`src/renderer/${place}/probe.ts`, probe)
  for (const layer of ['services', 'sync', 'store']) await write(`src/replica/${layer}/probe.ts`, probe)
  await write('src/web/console/probe.ts', probe)
  await write('src/workspace/start-probe.ts', probe)
  await write('src/renderer/probe-entry.tsx', probe)
  await write('tests/probe.ts', probe)
  return { folder, write, remove: () => rm(folder, { recursive: true, force: true }) }
}

const probe = 'export const probe = 1;\nexport type Probe = number;\n'

/** Every tsconfig.json of the project, relative to its root. */
export async function findProjects(): Promise<string[]> {
  const found = await Promise.all(
    ['src', 'tests'].map(async (top) => (await readdir(join(root, top), { recursive: true })).map((name) => join(top, name))),
  )
  return found
    .flat()
    .filter((path) => path.endsWith('tsconfig.json'))
    .map((path) => relative(root, join(root, path)))
}
