import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { MAX_ARCHIVE_ENTRIES, MAX_INFLATED_BYTES } from '#replica/tables/read/table-limits.ts'
import { makeZip, workbookEntries, type ZipEntry } from '../make-zip.ts'
import { faults, fileOf, readAll } from '../table-files.ts'

const ROWS = '<row r="1"><c t="str"><v>a</v></c></row><row r="2"><c t="str"><v>1</v></c></row>'
const GOOD = workbookEntries({ rows: ROWS })

/** The problem reported for a workbook with these entries in addition to, or instead of, its own. */
async function problemWith(more: readonly ZipEntry[]): Promise<string | null> {
  const replaced = new Set(more.map(({ name }) => name))
  const entries = [...GOOD.filter(({ name }) => !replaced.has(name)), ...more]
  return (await readAll(fileOf('hostile.xlsx', makeZip(entries)))).problem?.code ?? null
}

test('the workbook that the tests below spoil is good', async () => {
  expect(await problemWith([])).toBeNull()
})

test('B3: a bomb that says its size is refused before it inflates', async () => {
  const content = Buffer.alloc(MAX_INFLATED_BYTES + 1)
  expect(await problemWith([{ name: 'xl/media/bomb', content }])).toBe('archive-too-compressed')
})

test('B3: a bomb of shared texts that says its size is refused before it inflates', async () => {
  const content = `<sst>${'<si><t>x</t></si>'.repeat(2_000_000)}</sst>`
  expect(await problemWith([{ name: 'xl/strings.xml', content }])).toBe('archive-too-compressed')
})

test('B3: sizes that add up beyond the limit are refused though each is modest', async () => {
  const deflated = Buffer.alloc(1024 ** 2)
  const parts = Array.from({ length: 5 }, (_, index) => ({ name: `p${index}`, content: '', deflated, declaredSize: 50 * 1024 ** 2 }))
  expect(await problemWith(parts)).toBe('archive-too-large')
})

test('B3: a bomb that lies about its size is stopped while it inflates', async () => {
  const content = Buffer.from(`<worksheet><sheetData>${' '.repeat(30 * 1024 ** 2)}${ROWS}</sheetData></worksheet>`)
  expect(await problemWith([{ name: 'xl/worksheets/one.xml', content, declaredSize: 1000 }])).toBe('archive-damaged')
})

test('B3: too many entries', async () => {
  const entries = Array.from({ length: MAX_ARCHIVE_ENTRIES + 1 }, (_, index) => ({ name: `e${index}`, content: '' }))
  expect(await problemWith(entries)).toBe('archive-too-many-entries')
})

test('B3: paths that climb, absolute ones and symbolic links', async () => {
  for (const name of ['../../etc/cron.d/x', 'xl/../../x', '/etc/x', 'C:/x']) {
    expect(await problemWith([{ name, content: 'x' }])).toBe('archive-suspicious')
  }
  expect(await problemWith([{ name: 'xl/link', content: '/etc/passwd', mode: 0o120777 }])).toBe('archive-suspicious')
})

test('B3: two entries of one name, in any case, and entries that share their bytes', async () => {
  expect(
    await problemWith([
      { name: 'x.bin', content: '1' },
      { name: 'X.bin', content: '2' },
    ]),
  ).toBe('archive-suspicious')
  const shared = Array.from({ length: 20 }, (_, index) => ({ name: `s${index}`, content: 'kernel', sharesDataOf: 0 }))
  expect(await problemWith(shared)).toBe('archive-suspicious')
})

test('an encrypted entry is named as such', async () => {
  expect(await problemWith([{ name: 'xl/secret', content: 'x', flags: 1 }])).toBe('password-protected')
})

test('an archive in an archive is never opened', async () => {
  expect(
    await problemWith([{ name: 'xl/embeddings/inner.xlsx', content: makeZip([{ name: 'bomb', content: Buffer.alloc(10) }]) }]),
  ).toBeNull()
})

test('bytes that changed on the way are noticed by the checksum', async () => {
  const sheet = GOOD.find(({ name }) => name.endsWith('one.xml'))
  const changed = deflateRawSync(String(sheet?.content).replace('<v>1</v>', '<v>2</v>'))
  expect(await problemWith([{ name: 'xl/worksheets/one.xml', content: sheet?.content ?? '', deflated: changed }])).toBe('archive-damaged')
})

test('a truncated archive and one that is only a magic number are damaged', async () => {
  const whole = makeZip(GOOD)
  expect((await readAll(fileOf('cut.xlsx', whole.subarray(0, whole.length - 40)))).problem?.code).toBe('archive-damaged')
  expect((await readAll(fileOf('magic.xlsx', Buffer.from('504b0304', 'hex')))).problem?.code).toBe('archive-damaged')
})

test('a million cells that all point at one long text cost one text', async () => {
  const rows = Array.from({ length: 5000 }, (_, row) => `<row r="${row + 1}">${'<c t="s"><v>0</v></c>'.repeat(20)}</row>`).join('')
  const noise = Array.from({ length: 30_000 }, (_, index) => String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000))).join('')
  const result = await readAll(fileOf('shared.xlsx', makeZip(workbookEntries({ rows, strings: `<si><t>${noise}</t></si>` }))))
  expect(result.problem).toBeNull()
  expect(result.rows).toHaveLength(4999)
  expect(faults(result)).toEqual([])
})
