import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { declareIncident, openReadyWorkspace, openWorkspaceUnderTest, waitForSync } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const NODE = resolve(import.meta.dirname, '../../node_modules/.bin/node')
const SCRIPT = join(import.meta.dirname, 'crash/writing-session.ts')

test(
  'the app and a command write into one data folder: both are kept, each sees the other, the logs stay sound',
  { timeout: 120_000 },
  async () => {
    const data = join(makeTempFolder('two', 'quick'), 'data')
    const app = await openReadyWorkspace(data)
    const incidentId = await declareIncident(app)
    await waitForSync(app)
    const announced: string[] = []
    app.workspace.watch((topics) => void announced.push(...topics))

    const other = spawn(NODE, [SCRIPT, data, '60'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const lines: Record<string, unknown>[] = []
    let started = false
    const ended = new Promise<void>((done) => void other.on('exit', () => done()))
    createInterface(other.stdout).on('line', (line) => {
      lines.push(JSON.parse(line) as Record<string, unknown>)
      started = true
    })
    await expect.poll(() => started).toBe(true)
    const own: string[] = []
    for (let index = 0; index < 60; index++) {
      own.push((await app.value('timeline.record', { incidentId, kind: 'observation', text: `本机 ${index}` })).id)
      await new Promise((rest) => void setTimeout(rest, 2))
    }
    await ended
    expect(lines.filter((line) => 'failed' in line || 'fault' in line)).toEqual([])
    const theirs = lines.filter((line) => 'done' in line).map((line) => String(line['done']))
    expect(theirs).toHaveLength(60)

    // The app detects the external write by itself and shows it.
    await expect.poll(() => announced.includes('*')).toBe(true)
    await waitForSync(app)
    const seen = async () => {
      const page = await app.value('timeline.page', { incidentId, filter: { kinds: ['observation'] }, page: 0 })
      return new Set(page.rows.map((row) => row.id))
    }
    expect(await seen()).toEqual(new Set([...own, ...theirs]))
    expect(await app.value('workspace.verify', {})).toMatchObject({ ok: true })
    expect(await app.value('workspace.attention', {})).toEqual([])
    expect(app.faults).toEqual([])
  },
)

test('two workspaces in one folder number their ops one after the other, and none is lost when one of them closes with work unsent', async () => {
  const data = join(makeTempFolder('twins', 'quick'), 'data')
  const one = await openReadyWorkspace(data)
  const incidentId = await declareIncident(one)
  const two = await openWorkspaceUnderTest(data)
  const ids: string[] = []
  for (let index = 0; index < 30; index++) {
    for (const under of [one, two])
      ids.push((await under.value('timeline.record', { incidentId, kind: 'observation', text: `${index}` })).id)
  }
  await two.close()
  await waitForSync(one)
  const page = await one.value('timeline.page', { incidentId, filter: { kinds: ['observation'] }, page: 0 })
  expect(page.rows.map((row) => row.id).toSorted()).toEqual(ids.toSorted())
  expect(await one.value('workspace.verify', {})).toMatchObject({ ok: true })
  expect(await one.value('workspace.attention', {})).toEqual([])
})

test('two workspaces that open a new folder at the same time make one database', async () => {
  const data = join(makeTempFolder('race', 'quick'), 'data')
  const [one, two] = await Promise.all([openWorkspaceUnderTest(data), openWorkspaceUnderTest(data)])
  await one.value('workspace.setUp', { name: '安', role: 'commander', language: 'zh-Hans' })
  expect((await two.value('workspace.status', {})).me?.name).toBe('安')
  const incidentId = await declareIncident(two)
  expect((await one.value('incidents.get', { incidentId })).id).toBe(incidentId)
})
