import { expect, test } from 'vitest'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { ANN, BEN, entryText, idOf, INCIDENT } from '#tests/support/log-texts.ts'
import {
  act,
  addAgents,
  approve,
  ask,
  confirmationOf,
  contentOf,
  eventOf,
  openConsoleHub,
  PLACE,
  POLL,
  publish,
  release,
  stateOf,
  watch,
} from './console-hub.ts'

const EACH = 50

test('R1, 000-16: no draft, unpublished version, name, title or number of a customer comes out of a console', async () => {
  const clock = createFakeClock(TWO_AT_NIGHT)
  const logged: string[] = []
  const hub = await openConsoleHub(makeTempFolder('agents', 'quick'), clock.now)
  const [agent = { cookie: '', id: '' }] = await addAgents(hub, {})
  const console = await watch(hub.base, agent.cookie)
  await eventOf(console, 'state')
  const drafts = Array.from({ length: EACH }, (_, index) => `草稿秘句第${index}句不可外传`)
  const phones = Array.from({ length: EACH }, (_, index) => `138${String(76_540_000 + index * 97)}`)
  let made = 0x6000
  const live = await publish(hub, contentOf('公开的口径', '公开标题'), { summary: '公开的摘要' })
  for (const [index, draft] of drafts.entries()) {
    const phone = phones[index] ?? ''
    await hub.team.submit([entryText(idOf((made += 1)), `客户 ${phone} 来电`, {})], BEN, null)
    // Texts that are only drafted, written as a next revision, approved but not released, or released for later.
    if (index % 10 === 0) {
      const next = await approve(hub, contentOf(draft, draft), index === 0 ? live : undefined)
      if (index === 20) await release(hub, next, { from: TWO_AT_NIGHT + 3_600_000, summary: draft })
    } else {
      const id = idOf((made += 1))
      await act(hub, ANN, 'wording.create', 'wording', id, {
        place: { ...PLACE, preparedFor: draft },
        title: draft,
        core: draft,
        origin: null,
      })
      await act(hub, ANN, 'wording-draft.start', 'wording-draft', id, { content: contentOf(`${draft}${phone}`, draft), authors: [] })
    }
  }
  const last = await publish(hub, contentOf('最后的口径'))
  await expect.poll(() => console.raw(), POLL).toContain('最后的口径')
  const note = { kind: 'objected', textId: last.id, revisionId: last.revisionId, at: TWO_AT_NIGHT }
  const notes = phones.map((phone, index) => ({ ...note, id: idOf(0x5000 + index), text: `客户 ${phone} 不同意` }))
  const answers = [
    await ask(hub.base, 'POST', 'notes', agent.cookie, { notes }),
    await ask(hub.base, 'GET', 'state', agent.cookie),
    await ask(hub.base, 'POST', 'confirm', agent.cookie, { ...confirmationOf(live), revisionId: idOf(0x999) }),
    await ask(hub.base, 'GET', 'state', null),
  ]
  for (const answer of answers) logged.push(JSON.stringify(answer.body), JSON.stringify([...answer.headers]))
  const head = await hub.link(ANN).ask('agents.feedback', { incidentId: INCIDENT as never })
  const seen = [console.raw(), ...logged].join('\n')
  expect(seen).toContain('公开的口径')
  const leaked = [...drafts, ...phones, '门店饮用水投诉', '"安"', '"本"', '"卡"', ANN, BEN].filter((secret) => seen.includes(secret))
  expect(leaked).toEqual([])
  expect(phones.filter((phone) => JSON.stringify(head).includes(phone))).toEqual([])
  expect(JSON.stringify(head)).toContain('不同意')
  const rows = await hub.hub.database.kysely
    .withTables<{ agent_note: { text: string } }>()
    .selectFrom('agent_note')
    .select('text')
    .execute()
  expect(rows).toHaveLength(EACH)
  expect(phones.filter((phone) => JSON.stringify(rows).includes(phone))).toEqual([])
  expect((await stateOf(hub.base, agent.cookie)).texts).toHaveLength(2)
})
