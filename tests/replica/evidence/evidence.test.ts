import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CHUNK_BYTES, EVIDENCE_LIMIT } from '#contract/file-api.ts'
import { idOf } from '#tests/support/log-texts.ts'
import { openReadyWorkspace, openWorkspaceUnderTest, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

async function openRoom() {
  const folder = makeTempFolder('evidence', 'quick')
  const under = await openReadyWorkspace(join(folder, 'data'))
  const file = (name: string, content: string | Buffer) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  return { folder, under, file }
}

async function upload(under: WorkspaceUnderTest, name: string, content: Buffer, mime = 'application/octet-stream'): Promise<string> {
  const { uploadId } = await under.value('files.begin', { name, size: content.length, mime })
  for (let offset = 0; offset < content.length; offset += CHUNK_BYTES) {
    await under.value('files.write', { uploadId, offset, bytes: new Uint8Array(content.subarray(offset, offset + CHUNK_BYTES)) })
  }
  return uploadId
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex')

/** Files under a folder, at any depth. */
function filesIn(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) => (one.isFile() ? [one.name] : []))
    : []
}

test('a file in pieces is kept under the hash of its content and comes back byte for byte', async () => {
  const { under } = await openRoom()
  const content = Buffer.from(Array.from({ length: CHUNK_BYTES * 2 + 777 }, (_, index) => (index * 31) % 256))
  const kept = await under.value('evidence.keep', { uploadId: await upload(under, '录像.mp4', content, 'video/mp4') })
  expect(kept).toEqual({ hash: sha256(content), name: '录像.mp4', size: content.length, mime: 'video/mp4', alreadyKept: false })
  const pieces: Uint8Array[] = []
  for (let offset = 0; offset < content.length;) {
    const { bytes, size } = await under.value('evidence.read', { hash: kept.hash, offset })
    expect(size).toBe(content.length)
    pieces.push(bytes)
    offset += bytes.length
  }
  expect(sha256(Buffer.concat(pieces))).toBe(kept.hash)
  expect((await under.value('evidence.read', { hash: kept.hash, offset: content.length + 5 })).bytes).toHaveLength(0)
})

test('the same content twice is one file, by upload or by path; one that was lost is taken again', async () => {
  const { under, file, folder } = await openRoom()
  const path = file('a.txt', '同样的内容')
  const first = await under.value('evidence.keepPath', { path })
  const second = await under.value('evidence.keep', { uploadId: await upload(under, 'b.txt', Buffer.from('同样的内容')) })
  expect([second.hash, second.alreadyKept, second.name]).toEqual([first.hash, true, 'b.txt'])
  const evidence = join(folder, 'data', 'evidence')
  expect(filesIn(evidence)).toEqual([first.hash])
  rmSync(join(evidence, first.hash.slice(0, 2), first.hash))
  expect(await under.failure('evidence.read', { hash: first.hash, offset: 0 })).toBe('evidence-missing')
  expect((await under.value('evidence.keepPath', { path })).alreadyKept).toBe(false)
  expect(filesIn(evidence)).toEqual([first.hash])
})

test.for([
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]), 'image/png', 'image/png'],
  ['a page that says it is a picture', Buffer.from('<html><script>alert(1)</script></html>'), 'image/png', 'application/octet-stream'],
  [
    'an SVG that says it is a picture',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    'image/svg+xml',
    'application/octet-stream',
  ],
  ['a picture that says it is a text', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1]), 'text/plain', 'image/jpeg'],
  ['a PDF', Buffer.from('%PDF-1.7'), 'application/pdf', 'application/pdf'],
  ['a WEBP', Buffer.from('RIFF0000WEBPVP8 '), 'application/octet-stream', 'image/webp'],
  ['one byte', Buffer.from('x'), 'text/plain', 'text/plain'],
] as const)('the type of %s is told by its first bytes, not by its name', async ([, content, said, mime]) => {
  const { under } = await openRoom()
  expect((await under.value('evidence.keep', { uploadId: await upload(under, '截图.png', content, said) })).mime).toBe(mime)
})

test('pieces in a wrong order, beyond the end, or of an unknown upload are refused, and the right one goes on', async () => {
  const { under } = await openRoom()
  const bytes = (text: string) => new Uint8Array(Buffer.from(text))
  const { uploadId } = await under.value('files.begin', { name: 'a', size: 6, mime: '' })
  expect(await under.failure('files.write', { uploadId, offset: 3, bytes: bytes('def') })).toBe('upload-out-of-order')
  expect(await under.value('files.write', { uploadId, offset: 0, bytes: bytes('abc') })).toEqual({ received: 3 })
  expect(await under.failure('files.write', { uploadId, offset: 0, bytes: bytes('abc') })).toBe('upload-out-of-order')
  expect(await under.failure('files.write', { uploadId, offset: 3, bytes: bytes('defg') })).toBe('upload-out-of-order')
  expect(await under.failure('evidence.keep', { uploadId })).toBe('upload-out-of-order')
  await under.value('files.write', { uploadId, offset: 3, bytes: bytes('def') })
  expect((await under.value('evidence.keep', { uploadId })).hash).toBe(sha256(Buffer.from('abcdef')))
  expect(await under.failure('evidence.keep', { uploadId })).toBe('upload-unknown')
  expect(await under.failure('files.write', { uploadId: idOf(1), offset: 0, bytes: bytes('a') })).toBe('upload-unknown')
  expect(under.faults).toEqual([])
})

test('too large, empty, missing and unreadable files are refused with what is needed to say so', async () => {
  const { under, file, folder } = await openRoom()
  const large = file('large.bin', 'x')
  truncateSync(large, EVIDENCE_LIMIT + 1)
  expect(await under.call('evidence.keepPath', { path: large })).toEqual({
    ok: false,
    failure: { code: 'file-too-large', params: { size: EVIDENCE_LIMIT + 1, limit: EVIDENCE_LIMIT } },
  })
  expect(await under.failure('evidence.keepPath', { path: file('empty', '') })).toBe('file-empty')
  expect(await under.failure('evidence.keepPath', { path: join(folder, 'nothing') })).toBe('file-not-found')
  expect(await under.failure('evidence.keepPath', { path: folder })).toBe('file-not-readable')
  expect(await under.failure('evidence.read', { hash: '0'.repeat(64), offset: 0 })).toBe('evidence-missing')
  expect(filesIn(join(folder, 'data', 'evidence'))).toEqual([])
  expect(under.faults).toEqual([])
})

test('uploads leave nothing behind: kept, cancelled, refused, or forgotten by an earlier run', async () => {
  const { under, folder } = await openRoom()
  const uploads = join(folder, 'data', 'uploads')
  await under.value('evidence.keep', { uploadId: await upload(under, 'a', Buffer.from('a')) })
  await under.value('evidence.keep', { uploadId: await upload(under, 'a again', Buffer.from('a')) })
  await under.value('files.cancel', { uploadId: await upload(under, 'b', Buffer.from('b')) })
  expect(await under.failure('evidence.keep', { uploadId: await upload(under, 'empty', Buffer.alloc(0)) })).toBe('file-empty')
  await under.value('files.cancel', { uploadId: idOf(1) })
  expect(filesIn(uploads)).toEqual([])
  await under.close()
  mkdirSync(uploads, { recursive: true })
  for (const name of ['old', 'young']) writeFileSync(join(uploads, name), 'x')
  utimesSync(join(uploads, 'old'), 0, 0)
  const again = await openWorkspaceUnderTest(join(folder, 'data'))
  expect(filesIn(uploads)).toEqual(['young'])
  expect(again.faults).toEqual([])
})

test('a name cannot lead out of its folder', async () => {
  const { under } = await openRoom()
  const kept = await under.value('evidence.keep', { uploadId: await upload(under, '../../../etc/passwd', Buffer.from('x')) })
  expect(kept.name).toBe('passwd')
})
