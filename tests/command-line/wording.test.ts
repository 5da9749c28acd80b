import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { runInside, runJsonInside } from './run-inside.ts'

const GOOD = '# 起火视频\n> 已停售同批次产品。\n\n[承诺] 我们会在今天 15:00 前回电。\n- 做什么：回电\n- 谁负责：质检\n- 最迟：今天 15:00\n'

/** A folder with files, until the test ends. */
function files() {
  const folder = makeTempFolder('cli-wording', 'quick')
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  return { folder, file, good: file('good.md', GOOD) }
}

test('MS-03, LI-03: check says what must change, with the place and the source', async () => {
  const { file, good } = files()
  const bad = file('bad.md', '# 起火视频\n> 我们的产品绝对安全，保证全额赔偿。\n')
  const { code, document } = await runJsonInside(['wording', 'check', bad])
  expect(code).toBe(4)
  const { findings } = document as unknown as {
    findings: { severity: string; at: string; excerpt: string; source: Record<string, string> }[]
  }
  expect(findings.some(({ severity, at, source }) => severity === 'block' && at === 'core' && source['zh-Hans'] !== '')).toBe(true)
  const fine = await runInside(['wording', 'check', good])
  expect([fine.code, fine.err]).toEqual([0, ''])
})

test('diff lists changed numbers before the words', async () => {
  const { file, good } = files()
  const other = file('other.md', readFileSync(good, 'utf8').replaceAll('15:00', '17:00'))
  const { code, out } = await runInside(['wording', 'diff', good, other])
  expect(code).toBe(0)
  expect(out.split('\n')[0]).toMatch(/15:00.* → .*17:00/)
  expect(out).toContain('{+')
  expect((await runInside(['wording', 'diff', good, good])).out).toBe('两份文字相同。\n')
})

test('a file is imported as a draft, after a preview, and listed', async () => {
  const { folder, good } = files()
  const data = join(folder, 'data')
  await runInside(['init', '--name', '林晚', '--role', 'pr', '--data', data])
  const preview = await runJsonInside(['wording', 'import', good, '--data', data, '--dry-run'])
  expect(preview.code).toBe(0)
  expect((await runInside(['wording', 'list', '--data', data])).out).toBe('还没有口径。\n')
  const made = await runInside(['wording', 'import', good, '--data', data, '--scenario', '起火'])
  expect([made.code, made.err]).toEqual([0, ''])
  const { document } = await runJsonInside(['wording', 'list', '--data', data])
  const [row] = (document as unknown as { wordings: { id: string; title: string; scenario: string; status: string }[] }).wordings
  expect(row).toMatchObject({ title: '起火视频', scenario: '起火', status: 'draft' })
  const early = await runInside(['wording', 'export', row?.id ?? '', join(folder, 'out.md'), '--data', data])
  expect([early.code, early.err]).toEqual([3, '“起火视频”还没有保存过版本，没有可导出的文字。\n'])
})

test('a text is written in the form of the ending, says whether it is in use, and comes back from a table', async () => {
  const { folder, good } = files()
  const data = join(folder, 'data')
  await runInside(['init', '--name', '林晚', '--role', 'pr', '--data', data])
  const imported = await runJsonInside(['wording', 'import', good, '--data', data, '--scenario', '起火'])
  const { id } = imported.document['wording'] as { id: string }
  const workspace = await openWorkspaceUnderTest(data)
  await workspace.value('wordings.save', { incidentId: null, wordingId: id, note: '', overruled: [], ask: false })
  await workspace.close()
  const out = (name: string) => join(folder, name)
  const exportTo = (name: string) => runJsonInside(['wording', 'export', id, out(name), '--data', data])
  expect(await exportTo('out.pdf')).toMatchObject({ code: 4, document: { failure: { code: 'file-ending' } } })
  for (const name of ['out.md', 'out.docx', 'out.xlsx', 'out.csv'])
    expect(await exportTo(name)).toMatchObject({ code: 0, document: { number: 1, status: 'draft', format: name.slice(4) } })
  expect(readFileSync(out('out.docx')).subarray(0, 2).toString()).toBe('PK')
  expect(readFileSync(out('out.md'), 'utf8')).toContain('起火视频')
  expect((await runInside(['wording', 'export', id, out('out.md'), '--data', data])).err).toContain('out.md')
  expect((await runInside(['wording', 'export', id, out('again.md'), '--data', data])).out).toContain('这一版不在用：草稿')
  // The same words are known; in an empty library they are new.
  const table = (folderOf: string, ...more: string[]) => runJsonInside(['wording', 'import', out('out.xlsx'), '--data', folderOf, ...more])
  expect(await table(data, '--dry-run')).toMatchObject({ code: 0, document: { check: { counts: { same: 1, add: 0 } } } })
  const other = join(folder, 'other')
  await runInside(['init', '--name', '林晚', '--role', 'pr', '--data', other])
  expect(await table(other)).toMatchObject({ code: 0, document: { added: 1, revised: 0 } })
})

test('a missing, binary or too long file is refused with a sentence', async () => {
  const { folder, file } = files()
  expect((await runInside(['wording', 'check', join(folder, 'none.md')])).code).toBe(3)
  writeFileSync(join(folder, 'binary.md'), Buffer.from([0xff, 0xfe, 0x00, 0xd8]))
  const binary = await runInside(['wording', 'check', join(folder, 'binary.md')])
  expect([binary.code, binary.err]).toEqual([4, expect.stringContaining('不是 UTF-8 文本')])
  const long = await runInside(['wording', 'check', file('long.md', '火'.repeat(5000))])
  expect([long.code, long.err]).toEqual([4, expect.stringContaining('blocks.0.text')])
})

test('evidence of a text in review is written, signed by the hub, and proved not to be an approval', async () => {
  const { folder, good } = files()
  const data = join(folder, 'data')
  await runInside(['init', '--name', '林晚', '--role', 'pr', '--data', data])
  const imported = await runJsonInside(['wording', 'import', good, '--data', data])
  const { id } = imported.document['wording'] as { id: string }
  const target = join(folder, 'evidence.html')
  expect((await runInside(['wording', 'evidence', id, target, '--data', data])).code).toBe(3)
  const workspace = await openWorkspaceUnderTest(data)
  await workspace.value('wordings.save', { incidentId: null, wordingId: id, note: '', overruled: [], ask: true })
  await expect.poll(async () => (await workspace.value('workspace.status', {})).sync.pending).toBe(0)
  await workspace.close()
  const written = await runJsonInside(['wording', 'evidence', id, target, '--data', data])
  expect([written.code, written.document]).toMatchObject([0, { ok: true }])
  const key = String(written.document['keyFingerprint'])
  const verified = await runJsonInside(['wording', 'verify', target, '--key', key])
  expect([verified.code, verified.document]).toMatchObject([1, { status: 'in-review', title: '起火视频', number: 1, keyKnown: true }])
  expect((await runInside(['wording', 'evidence', id, target, '--data', data])).code).toBe(1)
  expect((await runInside(['wording', 'verify', good])).code).toBe(5)
})
