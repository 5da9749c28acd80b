import { existsSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultDataFolder } from '#workspace/data-folder.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { expect, test } from 'vitest'

test('the data folder is the one named by STORMROOM_DATA, else a folder of the operating system, never one beside the program', () => {
  expect(defaultDataFolder({ STORMROOM_DATA: '/somewhere/else' })).toBe(resolve('/somewhere/else'))
  expect(defaultDataFolder({ STORMROOM_DATA: 'relative' })).toBe(resolve('relative'))
  for (const env of [{}, { STORMROOM_DATA: '' }]) {
    const folder = defaultDataFolder(env)
    expect(isAbsolute(folder)).toBe(true)
    expect(folder).toMatch(/Stormroom/)
    expect(folder.startsWith(resolve('.'))).toBe(false)
  }
})

test('worker files are found beside their code from source, and beside the entry in the bundle', () => {
  const fromSource = workerUrls(import.meta.url)
  expect([existsSync(fromSource.table), existsSync(fromSource.integrity)]).toEqual([true, true])
  const bundled = workerUrls('file:///opt/app/out/main/start-desktop.js')
  expect([bundled.table, bundled.integrity, bundled.scrub].map((url) => fileURLToPath(url))).toEqual([
    join('/opt/app/out/main', 'table-worker.js'),
    join('/opt/app/out/main', 'integrity-worker.js'),
    join('/opt/app/out/main', 'scrub-worker.js'),
  ])
})
