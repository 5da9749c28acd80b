import { describe, expect, test } from 'vitest'
import { makePostgresDatabase, whyNoPostgres } from '#tests/support/postgres.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { openNode } from '../nodes/open-node.ts'
import {
  act,
  addAgents,
  ask,
  confirmationOf,
  contentOf,
  eventOf,
  found,
  GROUP_A,
  GROUP_B,
  head,
  POLL,
  publish,
  serve,
  stateOf,
  watch,
} from './console-hub.ts'
import { ANN } from '#tests/support/log-texts.ts'

const missing = whyNoPostgres()

describe.skipIf(missing !== null)(`agents at nodes of one PostgreSQL${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  test('what is published at one node reaches agents at the other; so do ended access, other groups and nudges', async () => {
    const { url } = await makePostgresDatabase()
    const now = Date.now
    const a = await serve(await openNode(url, undefined, now), makeTempFolder('node', 'quick'), now)
    const b = await serve(await openNode(url, undefined, now), makeTempFolder('node', 'quick'), now)
    await found(a)
    const [one = { cookie: '', id: '' }, two = { cookie: '', id: '' }] = await addAgents(
      a,
      { groups: [GROUP_A] as never },
      { groups: [GROUP_B] as never },
    )
    // A session is one of all nodes.
    const console = await watch(b.base, one.cookie)
    const other = await watch(b.base, two.cookie)
    await Promise.all([eventOf(console, 'state'), eventOf(other, 'state')])
    const text = await publish(a, contentOf('两个节点'), { delivery: { groups: [GROUP_A] as never } })
    const { texts, version } = await eventOf(console, 'change')
    expect(texts).toMatchObject([{ id: text.id, core: '两个节点' }])
    // Both nodes name the same state by the same version.
    await expect.poll(async () => (await stateOf(a.base, one.cookie)).version, POLL).toBe(version)
    expect(other.raw()).not.toContain('两个节点')

    await head(a, 'agents.nudge', { wordingId: text.id as never, groupId: null })
    expect((await eventOf(console, 'nudge')).ids).toEqual([text.id])
    const confirmed = await ask(b.base, 'POST', 'confirm', one.cookie, confirmationOf(text))
    expect(confirmed.body).toEqual({ ok: true, value: { confirmation: 'current' } })
    const incidentId = '00000000-0000-7000-8000-000000000001' as never
    expect(await head(a, 'agents.reach', { incidentId })).toMatchObject([{ total: 1, current: 1 }])

    await head(a, 'agents.change', { id: two.id as never, groups: [GROUP_A] as never })
    await expect.poll(() => other.raw(), POLL).toContain('两个节点')
    await act(a, ANN, 'wording.withdraw', 'wording', text.id, { revisionId: text.revisionId, reason: '错', instead: '' })
    await expect
      .poll(() => console.events.flatMap((event) => (event.t === 'change' ? event.gone : [])), POLL)
      .toMatchObject([{ id: text.id }])
    await head(a, 'agents.end', { id: one.id as never, ended: true })
    expect((await eventOf(console, 'ended')).why).toBe('revoked')
    expect((await ask(b.base, 'GET', 'state', one.cookie)).status).toBe(401)
  })

  test('seats of a link are counted over all nodes', async () => {
    const { url } = await makePostgresDatabase()
    const a = await serve(await openNode(url, undefined, Date.now), makeTempFolder('node', 'quick'), Date.now)
    const b = await serve(await openNode(url, undefined, Date.now), makeTempFolder('node', 'quick'), Date.now)
    await found(a)
    const link = await head(a, 'agents.makeLink', {
      label: '外呼',
      groupId: GROUP_A as never,
      vendor: null,
      seats: 3,
      expiresAt: Date.now() + 3_600_000,
    })
    const join = (index: number) =>
      ask([a.base, b.base][index % 2] ?? '', 'POST', 'join', null, { link: link.address.split('=')[1], number: `${index}`, name: '员' })
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => join(index)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
  })
})
