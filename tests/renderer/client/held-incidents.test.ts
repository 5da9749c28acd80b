import { mergeIncidents, type HeldIncidents } from '#client/use-incidents.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { createMarkedList } from '#replica/services/marked-list.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const view = (id: number, entryCount: number) => ({ id: String(id), entryCount }) as IncidentView

/** Changes of the list, and how many of them a screen misses before it asks again. */
const steps = fc.array(
  fc.record({ act: fc.constantFrom('add', 'change', 'remove', 'turn', 'nothing', 'restart'), pick: fc.nat(50), asks: fc.boolean() }),
  { maxLength: 40 },
)

test('property: a screen that is sent only changes holds the list, whatever it missed, across restarts of the replica', () => {
  fc.assert(
    fc.property(steps, (all) => {
      let life = 0
      let marked = createMarkedList<IncidentView>(`life-${life}`)
      let list: readonly IncidentView[] = []
      let held: HeldIncidents | undefined
      let count = 0
      for (const { act, pick, asks } of all) {
        const at = list.length === 0 ? 0 : pick % list.length
        count += 1
        if (act === 'add') list = list.toSpliced(0, 0, view(count, 0))
        else if (act === 'change') list = list.map((one, index) => (index === at ? view(Number(one.id), count) : one))
        else if (act === 'remove') list = list.filter((_, index) => index !== at)
        else if (act === 'turn') list = list.slice(at).concat(list.slice(0, at))
        else if (act === 'restart') {
          life += 1
          marked = createMarkedList(`life-${life}`)
        }
        if (!asks) continue
        const answer = marked.changes(list, held?.mark ?? null)
        const before: HeldIncidents | undefined = held
        held = mergeIncidents(before, answer)
        expect(held.list).toEqual(list)
        // An unchanged item is the same object, so it is not rendered again.
        for (const one of held.list) if (!answer.changed.includes(one)) expect(before?.list).toContain(one)
        expect(mergeIncidents(held, marked.changes(list, held.mark))).toBe(held)
      }
    }),
  )
})

test('one change among thousands is sent as one incident, and a mark of nobody brings everything', () => {
  const marked = createMarkedList<IncidentView>('life')
  const list = Array.from({ length: 5000 }, (_, index) => view(index, 0))
  const { mark, whole } = marked.changes(list, null)
  expect(whole).toBe(true)
  const changed = list.with(77, view(77, 1))
  expect(marked.changes(changed, mark)).toMatchObject({ whole: false, changed: [{ id: '77', entryCount: 1 }], ids: null })
  for (const strange of ['', 'life', 'life 99', 'life -1', 'life x', 'other 1'])
    expect(marked.changes(changed, strange)).toMatchObject({ whole: true, changed })
})
