import { describe, expect, test } from 'vitest'
import { incidentScope } from '#domain/log/ids.ts'
import type { SystemEvent } from '#domain/timeline/entry.ts'
import { noteText } from '#domain/timeline/system-notes.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText, idOf, INCIDENT, opText } from '#tests/support/log-texts.ts'
import { ENGINES, openLog, titleOf, type EngineName } from './open-log.ts'

const HOUR = 3_600_000
let made = 0x9000
const opIdOf = (text: string) => (JSON.parse(text) as { opId: string }).opId
const act = (type: string, body: Record<string, unknown>, more: object = {}) =>
  opText({ type, kind: 'incident', id: INCIDENT, body, ...more })
const note = (event: SystemEvent, more: object = {}, text = noteText(event)) =>
  opText({
    type: 'entry.record',
    kind: 'entry',
    id: idOf(++made),
    body: { kind: 'system', text, happenedAt: TWO_AT_NIGHT, event },
    ...more,
  })
/** An act and its note, as an app commits them. */
function noted(type: string, body: Record<string, unknown>, event: SystemEvent): string[] {
  const done = act(type, body)
  return [done, note(event, { after: [opIdOf(done)] })]
}

async function openIncident(engine: EngineName) {
  const log = await openLog(engine)
  await log.submit(declareText())
  const outcomes = async (texts: string[], memberId = ANN) =>
    (await log.submitAll(texts, memberId)).map(({ outcome }) =>
      outcome.kind === 'accepted' ? 'accepted' : `${outcome.code} ${outcome.params['detail'] ?? ''}`.trim(),
    )
  return { ...log, outcomes }
}

const LEVEL = { from: 1, to: 2, reason: '扩散' }
const LEVEL_CHANGED: SystemEvent = { code: 'level-changed', params: LEVEL }
const GRANT = { memberId: BEN, as: 'legal', until: TWO_AT_NIGHT + HOUR, reason: '顶班' }

for (const { engine, missing } of ENGINES) {
  describe.skipIf(missing !== null)(titleOf(engine, missing), () => {
    test('what the app notes by itself stands beside the act that it tells of', async () => {
      const { outcomes } = await openIncident(engine)
      expect(await outcomes(noted('incident.change-level', { ...LEVEL, clocks: {} }, LEVEL_CHANGED))).toEqual(['accepted', 'accepted'])
      expect(
        await outcomes(
          noted(
            'incident.revise',
            { title: '新标题', stage: 'media-report' },
            { code: 'revised', params: { fields: 'title, stage', stage: 'media-report' } },
          ),
        ),
      ).toEqual(['accepted', 'accepted'])
      expect(
        await outcomes(
          noted('incident.grant-authority', GRANT, {
            code: 'authority-granted',
            params: { name: '本', role: 'legal', until: GRANT.until, reason: '顶班' },
          }),
        ),
      ).toEqual(['accepted', 'accepted'])
      expect(
        await outcomes(
          noted(
            'incident.end-authority',
            { memberId: BEN, as: 'legal' },
            { code: 'authority-ended', params: { name: '本', role: 'legal' } },
          ),
        ),
      ).toEqual(['accepted', 'accepted'])
      expect(await outcomes(noted('incident.restrict', { members: [ANN, BEN] }, { code: 'restricted', params: { count: 2 } }))).toEqual([
        'accepted',
        'accepted',
      ])
      expect(
        await outcomes(
          noted(
            'incident.hand-over',
            { from: ANN, to: BEN, name: '本', summary: '三件未了' },
            { code: 'command-handed-over', params: { from: '安', to: '本', summary: '三件未了' } },
          ),
        ),
      ).toEqual(['accepted', 'accepted'])
    })

    test('a closed incident takes no more entries: the note of the closing stands before it, and only where it closes', async () => {
      const { outcomes } = await openIncident(engine)
      const closed: SystemEvent = { code: 'status-changed', params: { from: 'open', to: 'closed', reason: '结束', clocks: 0, tasks: 0 } }
      const closing = (reason = '结束') => {
        const before = note(closed)
        return [before, act('incident.set-status', { from: 'open', to: 'closed', reason }, { after: [opIdOf(before)] })]
      }
      expect(await outcomes(closing(), BEN)).toEqual(['note-of-nothing act', 'depends-on-rejected'])
      expect(await outcomes(closing('另有原因'))).toEqual(['note-of-nothing act', 'depends-on-rejected'])
      expect(await outcomes([note(closed)])).toEqual(['note-of-nothing act'])
      expect(await outcomes(closing())).toEqual(['accepted', 'accepted'])
    })

    test('nobody writes one without the act, with other values, for the act of somebody else, or a second time', async () => {
      const { outcomes } = await openIncident(engine)
      const [done = '', its = ''] = noted('incident.change-level', { ...LEVEL, clocks: {} }, LEVEL_CHANGED)
      expect(await outcomes([note(LEVEL_CHANGED)])).toEqual(['note-of-nothing act'])
      expect(await outcomes([note(LEVEL_CHANGED)], BEN)).toEqual(['note-of-nothing act'])
      // A note of a refused act.
      expect(await outcomes(noted('incident.change-level', { ...LEVEL, clocks: {} }, LEVEL_CHANGED), BEN)).toEqual([
        'not-permitted',
        'depends-on-rejected',
      ])
      expect(await outcomes([done])).toEqual(['accepted'])
      const counter = (JSON.parse(done) as { counter: number }).counter
      const about = { after: [opIdOf(done)], counter: counter + 1 }
      expect(await outcomes([note(LEVEL_CHANGED, about)], BEN)).toEqual(['note-of-nothing act'])
      expect(await outcomes([note({ code: 'level-changed', params: { ...LEVEL, to: 3 } }, about)])).toEqual(['note-of-nothing act'])
      expect(
        await outcomes([
          note({ code: 'status-changed', params: { from: 'open', to: 'contained', reason: '扩散', clocks: 0, tasks: 0 } }, about),
        ]),
      ).toEqual(['note-of-nothing act'])
      expect(await outcomes([note(LEVEL_CHANGED, about, '一切已解决 · all settled')])).toEqual(['note-of-nothing text'])
      expect(await outcomes([its])).toEqual(['accepted'])
      expect(await outcomes([note(LEVEL_CHANGED, { after: [opIdOf(done)] })])).toEqual(['note-of-nothing act'])
      expect(await outcomes([note(LEVEL_CHANGED, { after: [opIdOf(done)], scope: incidentScope(idOf(0x77)) })])).not.toContain('accepted')
    })

    test.for([
      ['until', 'x'],
      ['until', 9e15],
      ['until', -1],
      ['until', 1.5],
      ['until', Number.MAX_SAFE_INTEGER],
      ['name', 'n'.repeat(5000)],
      ['name', 7],
      ['role', 'owner'],
      ['more', 'x'],
    ] as const)('params are checked: %s = %s', async ([name, value]) => {
      const { outcomes } = await openIncident(engine)
      const params = { name: '本', role: 'legal', until: GRANT.until, reason: '顶班', [name]: value }
      expect((await outcomes(noted('incident.grant-authority', GRANT, { code: 'authority-granted', params })))[1]).toBe(
        'note-of-nothing event.params',
      )
    })
  })
}
