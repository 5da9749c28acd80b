import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { declareIncident, openReadyWorkspace, openWorkspaceUnderTest, waitForSync } from '#tests/support/workspace-under-test.ts'
import { mount, whyNoMount } from '#tests/support/small-disk.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const skipReason = whyNoMount()
const because = skipReason ? ` (skipped: ${skipReason})` : ''

test.skipIf(skipReason !== null)(
  `S8: on a disk that is really full nothing is lost or said to be saved, and work goes on when there is room${because}`,
  async () => {
    const disk = join(makeTempFolder('full'), 'disk')
    mkdirSync(disk)
    mount('-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk)
    onTestFinished(() => void execFileSync('umount', ['-l', disk]))
    const under = await openReadyWorkspace(join(disk, 'data'))
    const incidentId = await declareIncident(under)
    await waitForSync(under)
    const fill = (name: string, bytes: number) => {
      try {
        for (let at = 0; at < bytes; at += 4096) writeFileSync(join(disk, name), Buffer.alloc(4096, 1), { flag: 'a' })
      } catch {
        // The disk is full now, as intended.
      }
    }
    fill('filler', 1 << 26)

    const confirmed: string[] = []
    const refused: string[] = []
    for (let index = 0; index < 60; index++) {
      const result = await under.call('timeline.record', { incidentId, kind: 'observation', text: `第 ${index} 条 ${'字'.repeat(2000)}` })
      if (result.ok) confirmed.push(result.value.id)
      else refused.push(result.failure.code)
      await new Promise(setImmediate)
    }
    expect(new Set(refused)).toEqual(new Set(['not-saved']))
    // Reading continues, and other writes also report the failure.
    expect((await under.value('incidents.get', { incidentId })).id).toBe(incidentId)
    expect(await under.failure('workspace.backUpNow', {})).toBe('not-saved')
    expect(await under.failure('evidence.keepPath', { path: join(disk, 'filler') })).toBe('not-saved')
    expect(await under.failure('exports.make', { incidentId, format: 'json', language: 'en', zone: 'utc' })).toBe('not-saved')
    const bytes = new Uint8Array(200_000)
    const upload = await under.call('files.begin', { name: 'x', size: bytes.length, mime: '' })
    if (upload.ok) expect(await under.failure('files.write', { uploadId: upload.value.uploadId, offset: 0, bytes })).toBe('not-saved')

    rmSync(join(disk, 'filler'))
    confirmed.push((await under.value('timeline.record', { incidentId, kind: 'observation', text: '有空间了' })).id)
    if (upload.ok) {
      // The chunk that did not fit is sent again, and the file is complete.
      await under.value('files.write', { uploadId: upload.value.uploadId, offset: 0, bytes })
      expect((await under.value('evidence.keep', { uploadId: upload.value.uploadId })).size).toBe(bytes.length)
    }
    // Pending ops go to the hub without a further act.
    await waitForSync(under)
    expect(await under.value('workspace.verify', {})).toMatchObject({ ok: true })
    const page = await under.value('timeline.page', { incidentId, filter: { kinds: ['observation'] }, page: 0 })
    expect(page.rows.map((row) => row.id).toSorted()).toEqual(confirmed.toSorted())
    expect(under.faults).toEqual([])
  },
)

test.skipIf(skipReason !== null)(
  `S8: a workspace on a full disk opens and says so, and a first run there can be tried again${because}`,
  async () => {
    const disk = join(makeTempFolder('full'), 'disk')
    mkdirSync(disk)
    mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk)
    onTestFinished(() => void execFileSync('umount', ['-l', disk]))
    const under = await openWorkspaceUnderTest(join(disk, 'data'))
    expect(await under.value('workspace.status', {})).toMatchObject({ phase: 'trouble', trouble: { kind: 'read-only' } })
    await under.close()
    mount('-o', 'remount,size=8m', disk)
    const again = await openReadyWorkspace(join(disk, 'data'))
    expect(await again.value('workspace.status', {})).toMatchObject({ phase: 'ready' })
  },
)

test.skipIf(skipReason !== null)(
  `S9: a folder on a read-only medium is told as such, can be read, and is not changed${because}`,
  async () => {
    const root = makeTempFolder('read-only')
    const data = join(root, 'data')
    const under = await openReadyWorkspace(data)
    const incidentId = await declareIncident(under)
    await waitForSync(under)
    await under.close()
    mount('--bind', data, data)
    onTestFinished(() => void execFileSync('umount', ['-l', data]))
    expect(mount('-o', 'remount,ro,bind', data)).toBeNull()
    const reader = await openWorkspaceUnderTest(data)
    expect(await reader.value('workspace.status', {})).toMatchObject({ phase: 'trouble', trouble: { kind: 'read-only' } })
    expect(await reader.value('workspace.openReadOnly', {})).toEqual({ phase: 'read-only' })
    expect((await reader.value('incidents.get', { incidentId })).id).toBe(incidentId)
    expect(await reader.failure('timeline.record', { incidentId, kind: 'observation', text: 'x' })).toBe('read-only')
    expect((await reader.value('exports.make', { incidentId, format: 'md', language: 'en', zone: 'utc' })).size).toBeGreaterThan(100)
    expect(await reader.failure('workspace.backUpNow', {})).toBe('read-only')
    expect(reader.faults).toEqual([])
    expect(existsSync(join(data, 'first-opening'))).toBe(false)
    await reader.close()
  },
)
