import { expect, test } from 'vitest'
import { INCIDENT_STATUSES, type IncidentStatus } from '#domain/incidents/incident.ts'
import { ACTIONS, partiesNamed, whoMay, type Action, type Party } from '#domain/permissions/matrix.ts'
import { permit, type About, type Actor } from '#domain/permissions/permit.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, memberWith } from '#tests/support/log-texts.ts'

/**
 * The matrix, written by hand and not from the code: A any, o one's own, . nothing.
 * Columns: commander, executive, call-center, pr, legal, business, technical, social-media, vendor; then whether an owner may,
 * whatever the role; then the states: R open, contained, resolved; W these and closed; L, M as R, W, and also in the team's library,
 * without an incident; - no incident.
 */
const COLUMNS: readonly Party[] = [
  'commander',
  'executive',
  'call-center',
  'pr',
  'legal',
  'business',
  'technical',
  'social-media',
  'vendor',
]
const EXPECTED: Record<Action, string> = {
  'incident.declare': '        A A A A A A A A . . -',
  'incident.revise': '         A A A A A A A A . . R',
  'incident.mark-sign': '      A A A A A A A A . . R',
  'clock.meet': '              A A A A A A A A . . R',
  'clock.stop': '              A . . . . . . . . . R',
  'clock.reopen': '            A . . . . . . . . . R',
  'incident.change-level': '   A . . . . . . . . . R',
  'incident.set-status': '     A . . . . . . . . . W',
  'incident.hand-over': '      A A . . . . . . . . R',
  'incident.restrict': '       A A . . A . . . . O W',
  'incident.grant-authority': 'A A . . . . . . . . R',
  'incident.end-authority': '  A A o o o o o o o . W',
  'incident.follow': '         A A A A A A A A A . W',
  'entry.record': '            A A A A A A A A A . R',
  'entry.comment': '           A A A A A A A A A . R',
  'entry.correct': '           A o o o o o o o o . R',
  'entry.star': '              A A A A A A A A . . W',
  'entry.mark': '              A A A A A A A A o . R',
  'entry.attach': '            A A A A A A A A o . R',
  'task.create': '             A A A A A A A A . . R',
  'task.revise': '             A A A A A A A A . . R',
  'task.move': '               A A A A A A A A o . R',
  'people.assign': '           A A A A A A A A . . R',
  'plan.save': '               A A A A A A A A . . -',
  'plan.retire': '             A A A A A A A A . . -',
  'number.enter': '            A A A A A A A A A . R',
  'series.revise': '           A A A A A A A A . . W',
  'risk.note': '               A A A A A A A A . . R',
  'risk.judge': '              A . . . . . . . . . R',
  'suggestion.dismiss': '      A A A A A A A A . . R',
  'contact.add': '             A A A A . . . . . O -',
  'contact.revise': '          A A A A o o o o . O -',
  'wording.draft': '           A A A A A A A A . . L',
  'wording.values': '          A A A A A A A A . . L',
  'wording.approve': '         A A A A A . . . . . L',
  'wording.publish': '         A . A A . . . . . . L',
  'wording.withdraw': '        A A A A A . . . . . M',
  'wording.release': '         . A . . . . . . . . L',
  'wording.delegate': '        A A A A A . . . . . -',
  'bulletin.manage': '         A . A . . . . . . . R',
  'promise.make': '            A A A A . . . . . . R',
  'promise.settle': '          A A A A o o o o . . W',
  'promise.void': '            A . . A A . . . . . W',
  'agents.manage': '           A . A . . . . . . O -',
  'agents.read': '             A A A A A A A A . . -',
  'rules.set': '               A . . . . . . . . O -',
  'import.write': '            A A A A A A A A . . R',
  'import.end': '              A A A A A A A A . . W',
  'import.undo': '             A o o o o o o o . . W',
  'personal.reveal': '         A . A A A . . . . . W',
  'member.rename': '           A o o o o o o o . O -',
  'member.place': '            A . . . . . . . . O -',
  'member.invite': '           A . . . . . . . . O -',
  'member.revoke': '           A . . . . . . . . O -',
  'owner.change': '            . . . . . . . . . O -',
}

const HOUR = 3_600_000
const CARA = '00000000-0000-7000-8000-00000000000c'
const VENDOR = { company: '外呼公司', from: TWO_AT_NIGHT - HOUR, until: TWO_AT_NIGHT + HOUR }

function actorOf(party: Party, changes: { owner?: boolean } = {}): Actor {
  const state =
    party === 'vendor' ? memberWith({ role: 'call-center', vendor: VENDOR, ...changes }) : memberWith({ role: party, ...changes })
  return { id: ANN, state, now: TWO_AT_NIGHT }
}

/** An incident that another member commands. */
const incidentIn = (status: IncidentStatus) => ({ status, commander: BEN, authorities: [] })

const cellsOf = (action: Action) => EXPECTED[action].trim().split(' ')

test('the matrix has exactly these actions', () => {
  for (const action of ACTIONS) expect([action, cellsOf(action).length]).toEqual([action, COLUMNS.length + 2])
  expect(ACTIONS.toSorted()).toEqual(Object.keys(EXPECTED).toSorted())
})

test.each(ACTIONS)('cell by cell: %s', (action) => {
  const cells = cellsOf(action)
  const when = cells[10]
  for (const [index, party] of COLUMNS.entries()) {
    for (const status of INCIDENT_STATUSES) {
      for (const own of [true, false]) {
        const about: About = when === '-' ? { own } : { incident: incidentIn(status), own }
        const code = permit(actorOf(party), action, about)?.code ?? null
        const shut = status === 'closed' && (when === 'R' || when === 'L')
        const may = cells[index] === 'A' || (cells[index] === 'o' && own)
        expect(code, `${party} ${status} ${own ? 'own' : 'others'}`).toBe(shut ? 'incident-closed' : may ? null : 'not-permitted')
      }
    }
  }
})

test.each(ACTIONS)('without an incident, only what is done in the library or about the team: %s', (action) => {
  const cells = cellsOf(action)
  for (const [index, party] of COLUMNS.entries())
    for (const own of [true, false]) {
      const may = cells[index] === 'A' || (cells[index] === 'o' && own)
      const expected = ['L', 'M', '-'].includes(cells[10] ?? '') ? (may ? null : 'not-permitted') : 'not-found'
      expect(permit(actorOf(party), action, { own })?.code ?? null, `${party} ${own ? 'own' : 'others'}`).toBe(expected)
    }
})

test.each(ACTIONS)('an owner of the team: %s', (action) => {
  const cells = cellsOf(action)
  const about: About = cells[10] === '-' ? {} : { incident: incidentIn('open') }
  const may = cells[9] === 'O' || cells[COLUMNS.indexOf('pr')] === 'A'
  expect(permit(actorOf('pr', { owner: true }), action, about) === null).toBe(may)
})

test('in an incident of one’s own command one may what the role of commander may, and nothing more elsewhere', () => {
  for (const action of ACTIONS) {
    const cells = cellsOf(action)
    if (cells[10] === '-') continue
    const here = { incident: { status: 'open' as const, commander: ANN, authorities: [] }, own: false }
    expect(permit(actorOf('technical'), action, here) === null, action).toBe(cells[0] === 'A' || cells[6] === 'A')
  }
  expect(permit(actorOf('technical'), 'rules.set')?.code).toBe('not-permitted')
  expect(permit(actorOf('technical'), 'member.revoke')?.code).toBe('not-permitted')
})

test('OR-12: temporary authority lends a role in its incident until its end, and is not passed on', () => {
  const lent = { memberId: ANN, as: 'commander' as const, until: TWO_AT_NIGHT + HOUR, reason: '夜间值守', by: BEN, at: TWO_AT_NIGHT }
  const here = { incident: { status: 'open' as const, commander: BEN, authorities: [lent] }, own: false }
  const at = (now: number, action: Action, about: About = here) => permit({ ...actorOf('pr'), now }, action, about)?.code ?? null
  for (const action of ['incident.change-level', 'incident.set-status', 'clock.reopen', 'risk.judge', 'entry.correct'] as const) {
    expect(at(TWO_AT_NIGHT, action)).toBeNull()
    expect(at(TWO_AT_NIGHT + HOUR - 1, action)).toBeNull()
    expect(at(TWO_AT_NIGHT + HOUR, action)).toBe('not-permitted')
    expect(at(TWO_AT_NIGHT, action, { incident: incidentIn('open'), own: false })).toBe('not-permitted')
    expect(permit({ ...actorOf('pr'), id: CARA }, action, here)?.code).toBe('not-permitted')
  }
  // Acts that would make it permanent: lending it on, handing the command over, naming oneself a reader.
  for (const action of ['incident.grant-authority', 'incident.hand-over', 'incident.restrict'] as const)
    expect(at(TWO_AT_NIGHT, action)).toBe('not-permitted')
  const vendorCommands = { incident: { status: 'open' as const, commander: ANN, authorities: [] }, own: false }
  expect(permit(actorOf('vendor'), 'incident.restrict', vendorCommands)?.code).toBe('not-permitted')
})

test('who is not in standing may nothing, whatever the cell says', () => {
  const revoked: Actor = {
    id: ANN,
    now: TWO_AT_NIGHT,
    state: memberWith({ role: 'commander', owner: true, status: 'revoked', revoked: { by: BEN, at: 0, reason: '离职' } }),
  }
  const over: Actor = { ...actorOf('vendor'), now: VENDOR.until }
  for (const action of ACTIONS) {
    expect(permit(revoked, action, { incident: incidentIn('open'), own: true })?.code).toBe('member-revoked')
    expect(permit(over, action, { incident: incidentIn('open'), own: true })?.code).toBe('vendor-period-over')
  }
})

test('a refusal names who may instead', () => {
  expect(permit(actorOf('pr'), 'incident.change-level', { incident: incidentIn('open') })).toEqual({
    code: 'not-permitted',
    params: { action: 'incident.change-level', roles: 'commander' },
  })
  expect(whoMay('entry.correct')).toEqual(['author', 'commander'])
  expect(whoMay('rules.set')).toEqual(['commander', 'owner'])
  expect(partiesNamed(whoMay('task.create').join(','))).toEqual(['house'])
  expect(partiesNamed('commander,owner')).toEqual(['commander', 'owner'])
})
