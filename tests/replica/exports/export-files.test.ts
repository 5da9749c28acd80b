import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createExportFiles } from '#replica/exports/export-files.ts'
import { fileNameFor } from '#replica/exports/file-name.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

test.each([
  ['空气净化器起火视频', 'md', '空气净化器起火视频.md'],
  ['a/b\\c:d*e?f"g<h>i|j', 'csv', 'a_b_c_d_e_f_g_h_i_j.csv'],
  ['\u202egpj\u2066x\u009by\u001bz\u200f', 'xlsx', '_gpj_x_y_z_.xlsx'],
  ['CON', 'md', '_CON.md'],
  ['nul.backup', 'md', '_nul.backup.md'],
  ['console', 'md', 'console.md'],
  [' .. hidden . ', 'md', 'hidden.md'],
  ['...', 'json', 'stormroom.json'],
  ['half \ud83d pair', 'md', 'half _ pair.md'],
])('the file of %j is named so that every system takes it', (title, ending, name) => {
  expect(fileNameFor(title, ending)).toBe(name)
})

test('a long title is shortened by the bytes it takes, between whole characters', () => {
  for (const title of ['控'.repeat(120), `${'a'.repeat(190)}👩‍👩‍👧‍👦👩‍👩‍👧‍👦`, 'e\u0301'.repeat(200)]) {
    const name = fileNameFor(title, 'xlsx')
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
    expect(title.startsWith(name.slice(0, -'.xlsx'.length))).toBe(true)
    expect(title.slice(name.length - '.xlsx'.length)).not.toMatch(/^(?:\u{200d}|\u{301})/u)
    writeFileSync(join(makeTempFolder('names', 'quick'), name), '')
  }
})

test('where the data folder cannot be written, exports go to a folder that no other user can have made or enter', async () => {
  // Another user of the machine has already created the folder name that earlier versions used.
  const taken = join(tmpdir(), 'stormroom-exports')
  const before = existsSync(taken)
  const one = createExportFiles(null, () => 'a')
  const other = createExportFiles(null, () => 'a')
  const [mine, theirs] = [one.create('事件', 'md', 'text/markdown'), other.create('事件', 'md', 'text/markdown')]
  expect(mine.path).not.toBe(theirs.path)
  expect(statSync(dirname(mine.path)).mode & 0o777).toBe(0o700)
  expect(existsSync(taken)).toBe(before)
  writeFileSync(mine.path, 'text')
  expect(await one.read('a', 0)).toMatchObject({ ok: true, value: { size: 4 } })
  one.close()
  other.close()
  expect([existsSync(dirname(mine.path)), existsSync(dirname(theirs.path))]).toEqual([false, false])
})

test('what was exported and not fetched goes when something may not be read any more, whoever exported it', async () => {
  const folder = join(makeTempFolder('exports', 'quick'), 'exports')
  mkdirSync(folder)
  const files = createExportFiles(folder, () => 'a')
  writeFileSync(files.create('事件', 'md', 'text/markdown').path, 'text')
  writeFileSync(join(folder, 'of-another-process'), 'text')
  files.forgetAll()
  expect(readdirSync(folder)).toEqual([])
  expect(await files.read('a', 0)).toMatchObject({ ok: false, failure: { code: 'export-unknown' } })
})
