import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import type { App } from './app.ts'
import { expect, test } from './app.ts'
import { openRoom } from './room.ts'

// A log keeps accepted values forever: unusual values must not crash a page.

const NODE = resolve(import.meta.dirname, '../../node_modules/.bin/node')

/** Writes values that earlier versions accepted into the stored state of entities, directly in the database file. */
function store(app: App, changes: { kind: string; id: string; state: object }[]): void {
  const script = `
    const Database = require('better-sqlite3'); const { crc32 } = require('node:zlib')
    const db = new Database(process.argv[1], { timeout: 20000 })
    for (const { kind, id, state } of JSON.parse(process.argv[2])) {
      const row = db.prepare('SELECT * FROM entity WHERE kind = ? AND id = ?').get(kind, id)
      const entity = JSON.parse(row.canonical)
      const canonical = JSON.stringify({ ...entity, state: { ...entity.state, ...state } })
      const sum = crc32([kind, id, row.scope, canonical, null].map((part) => part ?? '\\u0001').join('\\u0000'))
      db.prepare('UPDATE entity SET canonical = ?, view = NULL, sum = ? WHERE row = ?').run(canonical, sum, row.row)
    }
    db.close()`
  execFileSync(NODE, ['-e', script, join(app.dataFolder, 'replica.db'), JSON.stringify(changes)], {
    cwd: resolve(import.meta.dirname, '../..'),
  })
}

test('a room, its print page, the dashboard and the team page show what can be shown, whatever is stored', async ({ app }) => {
  await app.setUp()
  const { page } = app
  const client = await app.client()
  const { id: incidentId } = await openRoom(app)
  const record = async (text: string) => {
    const made = await client.call('timeline.record', { incidentId, kind: 'observation', text })
    if (!made.ok) throw new Error(made.failure.code)
    return made.value.id
  }
  const [noted, timeless, wordless] = [await record('甲'), await record('乙'), await record('丙')]
  await record('照常的一条')
  const status = await client.call('workspace.status', {})
  const me = status.ok ? status.value.me?.id : undefined
  if (me === undefined) throw new Error('nobody')
  await expect.poll(async () => await client.call('workspace.status', {}).then((now) => (now.ok ? now.value.sync.pending : -1))).toBe(0)
  app.allowErrors(/./)
  store(app, [
    {
      kind: 'entry',
      id: noted,
      state: {
        kind: 'system',
        text: 'x',
        event: { code: 'authority-granted', params: { name: '林', role: 'legal', until: 9e15, reason: '夜间' } },
      },
    },
    {
      kind: 'entry',
      id: timeless,
      state: {
        happenedAt: 9e15,
        recordedAt: 'x',
        corrections: [{ by: me, at: 9e15, reason: 'r', before: { kind: 'observation', text: '旧', happenedAt: 'x' } }],
      },
    },
    { kind: 'entry', id: wordless, state: { kind: 'toString', tags: null } },
    { kind: 'member', id: me, state: { vendor: { company: 'V', from: 0, until: Number.MAX_SAFE_INTEGER } } },
  ])
  await app.restart()
  for (const [path, sound] of [
    [`incidents/${incidentId}`, '照常的一条'],
    [`print/${incidentId}`, '照常的一条'],
    ['team', '林舟'],
    ['', '门店'],
  ] as const) {
    await page.goto(`${app.origin}#/${path}`)
    if (sound !== '门店') await expect(page.getByText(sound).first()).toBeVisible()
    await expect(page.getByText('这一页出错了')).toHaveCount(0)
  }
  await page.goto(`${app.origin}#/incidents/${incidentId}`)
  await expect(page.getByText('无法显示').first()).toBeVisible()
  for (const entry of [noted, timeless, wordless]) {
    await page.goto(`${app.origin}#/incidents/${incidentId}?entry=${entry}`)
    await expect(page.getByText('照常的一条').first()).toBeVisible()
    await expect(page.getByText('这一页出错了')).toHaveCount(0)
  }
})
