import { expect, test } from 'vitest'
import type { SearchHit } from '../../../src/contract/search-api.ts'
import { groupHits, hitAddress, markedRuns } from '../../../src/renderer/features/search/group-hits.ts'

function hit(kind: SearchHit['kind'], id: string, incidentId: string): SearchHit {
  return { kind, id, incidentId, incidentTitle: `事件 ${incidentId}`, excerpt: '', marks: [], entryKind: null, at: 0 }
}

test('hits stand under their incidents, the incident itself first', () => {
  const groups = groupHits([hit('entry', '1', 'a'), hit('entry', '2', 'b'), hit('incident', 'a', 'a')])
  expect(groups.map((group) => [group.incidentId, group.hits.map(({ id }) => id)])).toEqual([
    ['a', ['a', '1']],
    ['b', ['2']],
  ])
  expect(hitAddress(hit('entry', '1', 'a'))).toBe('/incidents/a?entry=1')
  expect(hitAddress(hit('series', '1', 'a'))).toBe('/incidents/a')
})

test('overlapping marks become one, and nothing of the text is lost', () => {
  const runs = markedRuns('客户要求道歉', [
    [4, 6],
    [2, 5],
    [4, 6],
  ])
  expect(runs.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('')).toBe('客户[要求道][歉]')
  expect(markedRuns('无', []).map(({ text }) => text)).toEqual(['无'])
})
