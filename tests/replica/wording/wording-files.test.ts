import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ReadingOptions, type ImportSource } from '#contract/import-api.ts'
import type { WordingFileFormat } from '#contract/wording-file-api.ts'
import { starterLibrary } from '#replica/wording/starter-library.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { ZipFile } from 'yazl'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { done, openIncident, refused } from '../services/open-incident.ts'

const READING = ReadingOptions.parse({})
const DEFAULTS = { incidentId: null, reading: READING, kind: 'script', language: 'zh-Hans' } as const

function fileWith(name: string, content: string | Buffer): ImportSource {
  const path = join(makeTempFolder('wordings', 'quick'), name)
  writeFileSync(path, content)
  return { path }
}

async function zipOf(parts: Record<string, string>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  return buffer(zip.outputStream)
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const styled = (style: string, text: string) =>
  `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
const row = (...cells: string[]) => `<w:tr>${cells.map((cell) => `<w:tc>${styled('', cell)}</w:tc>`).join('')}</w:tr>`
const docx = (body: string) =>
  zipOf({
    'word/styles.xml': `<w:styles ${W}><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="a2"><w:name w:val="heading 2"/></w:style></w:styles>`,
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document ${W}><w:body>${body}</w:body></w:document>`,
  })

type Handlers = Awaited<ReturnType<typeof openIncident>>['handlers']

async function importInto(handlers: Handlers, source: ImportSource, incidentId: string | null = null, revise = true, overwrite = true) {
  const check = await done(handlers['wordings.checkFile']({ ...DEFAULTS, incidentId, source }))
  const written = await done(handlers['wordings.importFile']({ sourceId: check.sourceId, revise, overwrite }))
  return { check, ...written }
}

async function exportedFile(handlers: Handlers, format: WordingFileFormat, incidentId: string | null = null): Promise<ImportSource> {
  const made = await done(handlers['wordings.exportFile']({ incidentId, format, language: 'zh-Hans' }))
  const pieces: Uint8Array[] = []
  for (let offset = 0; offset < made.size;) {
    const { bytes } = await done(handlers['exports.read']({ exportId: made.exportId, offset }))
    pieces.push(bytes)
    offset += bytes.byteLength
  }
  return fileWith(made.fileName, Buffer.concat(pieces))
}

const MATRIX = [
  '场景,愤怒,失望,怀疑,平静',
  '重复扣款,"先说：这笔钱我现在就查。\n\n再说：24 小时内退回。",对不起让您失望了,,您好',
  '断货,,抱歉,,',
].join('\n')

test('MS-01, PS-05: a script matrix becomes a text for each cell; the same file again is nothing new', async () => {
  const { handlers } = await openIncident()
  const { check, added } = await importInto(handlers, fileWith('话术矩阵.csv', MATRIX))
  expect(check.counts).toEqual({ add: 4, same: 0, revise: 0, overwrite: 0, refuse: 0 })
  expect(added).toBe(4)
  const list = await done(handlers['wordings.list']({ incidentId: null, removed: false }))
  expect(list.map(({ title, emotion, core }) => [title, emotion, core]).toSorted()).toEqual([
    ['断货 · 失望', 'disappointed', '抱歉'],
    ['重复扣款 · 失望', 'disappointed', '对不起让您失望了'],
    ['重复扣款 · 平静', 'calm', '您好'],
    ['重复扣款 · 愤怒', 'angry', ''],
  ])
  const again = await importInto(handlers, fileWith('again.csv', MATRIX))
  expect(again.check.counts).toEqual({ add: 0, same: 4, revise: 0, overwrite: 0, refuse: 0 })
  expect(again.added).toBe(0)
})

test('MS-04: a list of questions and answers becomes FAQ texts, with objections and variants', async () => {
  const { handlers } = await openIncident()
  const table = [
    '问题,答案,异议1,应答1,微博,银发群体,情绪',
    '多久退款？,3 个工作日到账,太慢了,我帮您催,@您 已登记,阿姨您放心,暴怒',
    ',,,,,,',
    '只有问题,,,,,,',
  ].join('\n')
  const { check } = await importInto(handlers, fileWith('faq.csv', table))
  expect(check.counts).toEqual({ add: 1, same: 0, revise: 0, overwrite: 0, refuse: 1 })
  expect(check.rows[0]).toMatchObject({ act: 'add', kind: 'faq', objections: 1, variants: 2, words: [{ field: 'emotion', text: '暴怒' }] })
  expect(check.rows[1]).toMatchObject({ act: 'refuse', problem: 'nothing', title: '只有问题' })
  const [only] = await done(handlers['wordings.list']({ incidentId: null, removed: false }))
  expect(only).toMatchObject({ title: '多久退款？', core: '3 个工作日到账', kind: 'faq', emotion: null })
})

test('MS-01: changed words go into the draft of the text with that title, and undo brings the old ones back', async () => {
  const { handlers } = await openIncident()
  const table = (core: string) => `标题,核心信息,正文\n退款,${core},请您放心`
  await importInto(handlers, fileWith('a.csv', table('今天退')))
  const second = await importInto(handlers, fileWith('b.csv', table('明天退')))
  expect(second.check.counts).toEqual({ add: 0, same: 0, revise: 0, overwrite: 1, refuse: 0 })
  expect(second.revised).toBe(1)
  const draftTitle = async () => exportedFile(handlers, 'md')
  const read = async () => done(handlers['wordings.checkFile']({ ...DEFAULTS, source: await draftTitle() }))
  expect((await read()).rows[0]?.core).toBe('明天退')
  expect(await done(handlers['wordings.undoImport']({ importId: second.importId }))).toEqual({ kept: 0 })
  expect((await read()).rows[0]?.core).toBe('今天退')
  expect((await refused(handlers['wordings.undoImport']({ importId: second.importId }))).code).toBe('import-unknown')
})

test('undo keeps a text that somebody has worked on since', async () => {
  const { handlers } = await openIncident()
  const { importId } = await importInto(handlers, fileWith('matrix.csv', MATRIX))
  const [first] = await done(handlers['wordings.list']({ incidentId: null, removed: false }))
  const ref = { incidentId: null, wordingId: first?.id ?? '' }
  await done(handlers['wordings.save']({ ...ref, note: '', overruled: [], ask: false }))
  expect(await done(handlers['wordings.undoImport']({ importId }))).toEqual({ kept: 1 })
  const left = await done(handlers['wordings.list']({ incidentId: null, removed: false }))
  expect(left.map(({ id }) => id)).toEqual([ref.wordingId])
})

test('Word documents: headings begin texts, a table of known columns holds texts, deleted text is not read', async () => {
  const { handlers } = await openIncident()
  const body = [
    styled('1', '首次声明'),
    styled('', '我们已经关注到相关反映。'),
    `<w:p><w:del><w:r><w:delText>秘密</w:delText></w:r></w:del><w:r><w:t>正在</w:t></w:r><w:r><w:t>核查</w:t><w:br/><w:t># 不是标题</w:t></w:r></w:p>`,
    styled('a2', '后续'),
    styled('1', '话术矩阵'),
    `<w:tbl>${row('场景', '愤怒', '平静')}${row('漏奶', '马上处理', '')}</w:tbl>`,
    `<w:tbl>${row('部门', '人数')}${row('客服', '12')}</w:tbl>`,
  ].join('')
  const { check } = await importInto(handlers, fileWith('口径.docx', await docx(body)))
  expect(check.format).toBe('docx')
  expect(check.rows.map(({ act, title }) => [act, title])).toEqual([
    ['add', '首次声明'],
    ['add', '漏奶 · 愤怒'],
    ['add', '话术矩阵'],
  ])
  const file = await exportedFile(handlers, 'csv')
  const back = await done(handlers['wordings.checkFile']({ ...DEFAULTS, source: file }))
  expect(back.rows.some(({ core }) => core.includes('秘密'))).toBe(false)
  expect(back.counts).toEqual({ add: 0, same: 3, revise: 0, overwrite: 0, refuse: 0 })
})

test('hostile and wrong files are refused in words of the list, and nothing is written', async () => {
  const { handlers } = await openIncident()
  const codeOf = async (source: ImportSource) => (await refused(handlers['wordings.checkFile']({ ...DEFAULTS, source }))).params?.['code']
  const doctype = zipOf({ 'word/document.xml': `<!DOCTYPE x [<!ENTITY a "b">]><w:document ${W}><w:body>&a;</w:body></w:document>` })
  expect(await codeOf(fileWith('x.docx', await doctype))).toBe('workbook-damaged')
  expect(await codeOf(fileWith('y.docx', await zipOf({ 'other.xml': '<a/>' })))).toBe('workbook-damaged')
  expect(await codeOf(fileWith('bomb.docx', await zipOf({ 'word/document.xml': ' '.repeat(300_000_000) })))).toMatch(/^archive-too-/u)
  expect(await codeOf(fileWith('empty.docx', ''))).toBe('empty-file')
  expect(await codeOf(fileWith('picture.md', Buffer.from([0x89, 0x50, 0, 0, 0])))).toBe('binary-file')
  const long = await done(handlers['wordings.checkFile']({ ...DEFAULTS, source: fileWith('long.md', `# 很长\n\n${'长'.repeat(5000)}`) }))
  expect(long.rows).toMatchObject([{ act: 'refuse', problem: 'too-long', title: '很长' }])
  expect(await done(handlers['wordings.list']({ incidentId: null, removed: false }))).toEqual([])
  expect((await refused(handlers['wordings.importFile']({ sourceId: crypto.randomUUID(), revise: true, overwrite: false }))).code).toBe(
    'import-unknown',
  )
})

test.each(['xlsx', 'csv'] as const)('the starter library comes back from its own %s export word by word', async (format) => {
  const { handlers } = await openIncident()
  const ids = starterLibrary('zh-Hans').map(({ id }) => id)
  await done(handlers['wordings.takeStarter']({ incidentId: null, language: 'zh-Hans', ids }))
  const file = await exportedFile(handlers, format)
  const check = await done(handlers['wordings.checkFile']({ ...DEFAULTS, source: file }))
  expect(check.counts).toEqual({ add: 0, same: ids.length, revise: 0, overwrite: 0, refuse: 0 })
})

test('a Word export is read back with every title and core message', async () => {
  const { handlers } = await openIncident()
  const library = starterLibrary('en').slice(0, 12)
  await done(handlers['wordings.takeStarter']({ incidentId: null, language: 'en', ids: library.map(({ id }) => id) }))
  const file = await exportedFile(handlers, 'docx')
  const check = await done(handlers['wordings.checkFile']({ ...DEFAULTS, language: 'en', source: file }))
  expect(check.rows.map(({ title }) => title).toSorted()).toEqual(library.map(({ content }) => content.title).toSorted())
  expect(check.counts.refuse).toBe(0)
})

test('an export that comes back leaves a draft that is ahead alone, and other words replace it only where that is asked for', async () => {
  const { handlers } = await openIncident()
  const table = (core: string) => fileWith('a.csv', `标题,核心信息,正文\n退款,${core},请您放心`)
  await importInto(handlers, table('今天退'))
  const [only] = await done(handlers['wordings.list']({ incidentId: null, removed: false }))
  await done(handlers['wordings.save']({ incidentId: null, wordingId: only?.id ?? '', note: '', overruled: [], ask: false }))
  const exported = await exportedFile(handlers, 'csv')
  expect((await importInto(handlers, table('明天退'), null, true, false)).check.counts).toMatchObject({ revise: 1, overwrite: 0 })
  // The draft now has words that no version has.
  expect((await importInto(handlers, exported)).check.counts).toMatchObject({ same: 1, revise: 0, overwrite: 0 })
  const third = await importInto(handlers, table('后天退'), null, true, false)
  expect([third.check.counts.overwrite, third.check.rows[0]?.act, third.revised]).toEqual([1, 'overwrite', 0])
  expect((await importInto(handlers, table('后天退'))).revised).toBe(1)
})

test('no sentence of a cell is lost: quotes, number signs, variants without a mark', async () => {
  const { handlers } = await openIncident()
  const table = '标题,正文,按人群和渠道\n退款,">7天未到账的订单\n请登记\n# 工单号","先道歉\n\n[phone] 请稍等"'
  await importInto(handlers, fileWith('a.csv', table))
  const [only] = await done(handlers['wordings.list']({ incidentId: null, removed: false }))
  const draft = await exportedFile(handlers, 'md')
  const text = readFileSync('path' in draft ? draft.path : '', 'utf8')
  expect(only?.title).toBe('退款')
  for (const words of ['>7天未到账的订单', '请登记', '# 工单号', '先道歉', '请稍等']) expect(text).toContain(words)
})

test('an everyday text and its prepared twin are two texts', async () => {
  const { handlers } = await openIncident()
  const table = (core: string) => `标题,升级口径,核心信息\n退款,,${core}\n退款,上热搜,停售`
  await importInto(handlers, fileWith('a.csv', table('今天退')))
  const { check } = await importInto(handlers, fileWith('b.csv', '标题,升级口径,核心信息\n退款,上热搜,召回'))
  expect(check.counts).toMatchObject({ add: 0, overwrite: 1 })
  const again = await importInto(handlers, fileWith('c.csv', table('今天退')))
  expect(again.check.counts).toMatchObject({ add: 0, same: 1, overwrite: 1 })
})
