import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { declareIncident, openWarRoom, run, runJson } from './run-command.ts'
import { runJsonInside } from './run-inside.ts'

let room: Awaited<ReturnType<typeof openWarRoom>>

beforeAll(async () => {
  room = await openWarRoom()
})
afterAll(() => room.remove())

describe('the first use of a data folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stormroom-first-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const declaration = ['--title', '首次', '--type', 'service-complaint', '--level', 'II']

  test('a folder that is not there is not made by looking into it', async () => {
    const missing = join(folder, 'mistyped')
    for (const args of [
      ['incidents'],
      ['verify'],
      ['search', '词'],
      ['export', '首次', '--format', 'md'],
      ['import', 'x.csv', '--incident', '首次', '--as', 'timeline'],
    ]) {
      const { code, document } = await runJsonInside([...args, '--data', missing])
      expect(code, args[0]).toBe(3)
      expect(document).toMatchObject({ ok: false, failure: { code: 'data-folder-missing', params: { folder: missing } } })
    }
    expect(existsSync(missing)).toBe(false)
  })

  test('declare asks who declares, and takes it from options or the environment', async () => {
    const { code, document } = await runJson(['declare', ...declaration, '--data', join(folder, 'a')])
    expect([code, document.failure?.code]).toEqual([1, 'member-missing'])
    expect(document.failure?.message).toContain('stormroom init')

    const named = await runJson(['declare', ...declaration, '--data', join(folder, 'b'), '--as-name', '甲', '--as-role', 'pr'])
    expect(named.document).toMatchObject({ ok: true, incident: { declaredByName: '甲', level: 2 } })
    const byEnvironment = await runJson(['declare', ...declaration, '--data', join(folder, 'c')], {
      env: { STORMROOM_NAME: '乙', STORMROOM_ROLE: 'legal' },
    })
    expect(byEnvironment.document).toMatchObject({ ok: true, incident: { declaredByName: '乙' } })
    const byFolder = await runJson(['incidents'], { env: { STORMROOM_DATA: join(folder, 'c') } })
    expect(byFolder.document).toMatchObject({ ok: true, incidents: [{ title: '首次' }] })
  })

  test('init makes the member once', async () => {
    const data = join(folder, 'd')
    expect(await run(['init', '--name', '丙', '--role', 'call-center', '--data', data])).toMatchObject({
      code: 0,
      out: expect.stringContaining('呼叫中心') as string,
    })
    expect((await runJson(['init', '--name', '丁', '--role', 'pr', '--data', data])).document.failure).toMatchObject({
      code: 'already-set-up',
      params: { name: '丙' },
    })
  })
})

describe('declare', () => {
  test('starts the five clocks of a level I incident (MO-07, CS-01, C2-06, C1-05, C1-03)', async () => {
    const { code, document } = await runJson([
      'declare',
      '--data',
      room.data,
      '--title',
      '燕窝事件',
      '--type',
      'product-problem',
      '--level',
      'I',
      '--stage',
      'platform-spread',
      '--known',
      '王海检测为糖水',
    ])
    expect(code).toBe(0)
    const incident = document['incident'] as { clocks: { id: string; limitMs: number }[]; known: string }
    expect(incident).toMatchObject({
      title: '燕窝事件',
      type: 'product-problem',
      level: 1,
      stage: 'platform-spread',
      mode: 'real',
      known: '王海检测为糖水',
      declaredByName: '林舟',
    })
    const hour = 3_600_000
    expect(Object.fromEntries(incident.clocks.map((clock) => [clock.id, clock.limitMs]))).toEqual({
      response: hour,
      'public-response': 4 * hour,
      'first-statement': 6 * hour,
      handling: 24 * hour,
      apology: 48 * hour,
    })
  })

  test('knows a drill, and whether an apology is due', async () => {
    const drill = await runJson([
      'declare',
      '--data',
      room.data,
      '--title',
      '演练一',
      '--type',
      'product-problem',
      '--level',
      '1',
      '--drill',
      '--no-apology',
    ])
    const incident = drill.document['incident'] as { mode: string; clocks: { id: string }[] }
    expect(incident.mode).toBe('drill')
    expect(incident.clocks.map((clock) => clock.id)).not.toContain('apology')
    const due = await runJson([
      'declare',
      '--data',
      room.data,
      '--title',
      '演练二',
      '--type',
      'system-failure',
      '--level',
      '3',
      '--apology',
    ])
    expect((due.document['incident'] as { clocks: { id: string }[] }).clocks.map((clock) => clock.id)).toContain('apology')
  })

  test('tells a person the id and when each clock runs out, in their language', async () => {
    const chinese = await run(['declare', '--data', room.data, '--title', '小票', '--type', 'service-complaint', '--level', '三'])
    expect(chinese.out).toMatch(/^已启动三级事件（真实）：小票\n编号 [0-9a-f-]{36}\n {2}首次响应：\d{4}-\d\d-\d\d \d\d:\d\d 截止/)
    const english = await run(['declare', '--data', room.data, '--title', 'receipt', '--type', 'service-complaint', '--level', 'iii'], {
      env: { LANG: 'en_US.UTF-8' },
    })
    expect(english.out).toMatch(/^Declared \(Level III, .+\): receipt\nid [0-9a-f-]{36}\n/)
  })

  test('what the contract refuses ends as bad input', async () => {
    expect(await runJson(['declare', '--data', room.data, '--title', ' ', '--type', 'public-event', '--level', '1'])).toMatchObject({
      code: 4,
      document: { failure: { code: 'bad-input' } },
    })
    expect(
      await runJson(['declare', '--data', room.data, '--title', '长'.repeat(121), '--type', 'public-event', '--level', '1']),
    ).toMatchObject({ code: 4, document: { failure: { code: 'bad-input' } } })
  })
})

describe('an incident is named', () => {
  test('by its id, by the beginning of it, or by its exact title; and never guessed', async () => {
    const first = await declareIncident(room.data, '同名')
    const second = await declareIncident(room.data, '同名')
    const other = await declareIncident(room.data, '独名')
    const exportOf = (named: string) =>
      runJsonInside(['export', named, '--format', 'json', '--data', room.data, '--out', join(room.folder, 'named.json')])
    for (const named of [other, other.toUpperCase(), other.slice(0, 24), '独名'])
      expect((await exportOf(named)).document, named).toMatchObject({ ok: true })
    for (const named of ['独', other.slice(0, 5), '00000000-0000-4000-8000-000000000000', ''])
      expect(await exportOf(named), named).toMatchObject({ code: 3, document: { failure: { code: 'incident-unknown' } } })
    for (const named of ['同名', first.slice(0, 6)])
      expect(await exportOf(named), named).toMatchObject({ code: 3, document: { failure: { code: 'incident-ambiguous' } } })
    const listed = await run(['incidents', '--data', room.data])
    expect(listed.out).toContain(second)
    expect(listed.out.split('\n').filter((line) => line.includes('同名'))).toHaveLength(2)
  })
})
