import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { againstOrder, folderImports, type Source } from './folder-imports.ts'
import { root } from './make-skeleton.ts'

/**
 * The folders of the hub, lowest first. A folder imports only from floors below its own; files directly in `src/hub` wire the
 * folders, and no folder imports them. What a folder needs from above is passed to it.
 */
const HUB_FLOORS = [
  ['database'],
  ['signing', 'set-aside'],
  ['log'],
  ['accounts', 'evidence', 'nodes', 'snapshots', 'timers', 'verify'],
  ['session', 'core'],
  ['team', 'oidc'],
  ['agents', 'api', 'webhooks'],
  ['approvals'],
  ['http'],
] as const

function sourcesIn(part: string): Source[] {
  return readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ path: join(part, name).replaceAll('\\', '/'), text: readFileSync(join(root, part, name), 'utf8') }))
}

test('the folders of the hub import only downwards', () => {
  const imports = folderImports(sourcesIn('src/hub'), 'src/hub')
  expect(imports.length).toBeGreaterThan(100)
  expect(againstOrder(imports, HUB_FLOORS)).toEqual([])
})

test('every folder of the hub has its place in the order', () => {
  const folders = readdirSync(join(root, 'src/hub'), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  expect(HUB_FLOORS.flat().toSorted()).toEqual(folders.toSorted())
})

test('an import upwards, sideways, of a wiring file or of an unknown folder is found', () => {
  const wrong = (path: string, name: string) =>
    againstOrder(folderImports([{ path, text: `import { a } from '${name}'` }], 'src/hub'), HUB_FLOORS)
  expect(wrong('src/hub/log/a.ts', '../session/b.ts')).toEqual(['src/hub/log/a.ts → src/hub/session/b.ts'])
  expect(wrong('src/hub/timers/a.ts', '../nodes/b.ts')).toHaveLength(1)
  expect(wrong('src/hub/api/a.ts', '../team-hub.ts')).toHaveLength(1)
  expect(wrong('src/hub/a.ts', './unknown/b.ts')).toHaveLength(1)
  expect(
    [wrong('src/hub/session/a.ts', '../log/b.ts'), wrong('src/hub/a.ts', './log/b.ts'), wrong('src/hub/log/a.ts', './b.ts')].flat(),
  ).toEqual([])
})
