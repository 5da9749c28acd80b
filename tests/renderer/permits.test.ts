import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { api, type CallName } from '#contract/api.ts'
import type { Procedure } from '#contract/procedure.ts'
import { ACTIONS, type Action } from '#domain/permissions/matrix.ts'

// Demand: Permissions as data: one matrix …; the UI hides or explains. A screen asks the matrix before it offers an act.

const RENDERER = resolve(import.meta.dirname, '../../src/renderer')

/** The matrix actions of an act; the screen that offers the act must ask for all of them. */
const ACTIONS_OF: Partial<Record<CallName, readonly Action[]>> = {
  'incidents.declare': ['incident.declare'],
  'incidents.revise': ['incident.revise'],
  'incidents.markSign': ['incident.mark-sign'],
  'incidents.changeLevel': ['incident.change-level'],
  'incidents.setStatus': ['incident.set-status'],
  'incidents.handOver': ['incident.hand-over'],
  'incidents.restrict': ['incident.restrict'],
  'incidents.unrestrict': ['incident.restrict'],
  'incidents.grantAuthority': ['incident.grant-authority'],
  'incidents.endAuthority': ['incident.end-authority'],
  'incidents.meetClock': ['clock.meet'],
  'incidents.stopClock': ['clock.stop'],
  'incidents.reopenClock': ['clock.reopen'],
  'following.set': ['incident.follow'],
  'timeline.record': ['entry.record'],
  'timeline.correct': ['entry.correct'],
  'timeline.star': ['entry.star'],
  'timeline.tag': ['entry.mark'],
  'timeline.link': ['entry.mark'],
  'timeline.comment': ['entry.comment'],
  'timeline.attach': ['entry.attach'],
  'tasks.create': ['task.create'],
  'tasks.revise': ['task.revise'],
  'texts.restore': ['incident.revise', 'task.revise', 'people.assign', 'contact.revise'],
  'tasks.move': ['task.move'],
  'tasks.tick': ['task.move'],
  'plans.apply': ['task.create'],
  'plans.save': ['plan.save'],
  'plans.retire': ['plan.retire'],
  'people.assign': ['people.assign'],
  'people.remove': ['people.assign'],
  'risk.enterNumber': ['number.enter'],
  'risk.reviseSeries': ['series.revise'],
  'risk.assess': ['risk.judge', 'risk.note'],
  'risk.judgeSuggestion': ['suggestion.dismiss'],
  'contacts.add': ['contact.add'],
  'contacts.revise': ['contact.revise'],
  'contacts.setChannel': ['contact.revise'],
  'contacts.removeChannel': ['contact.revise'],
  'contacts.verifyChannel': ['contact.revise'],
  'contacts.remove': ['contact.add'],
  'contacts.importFile': ['contact.add'],
  'contacts.undoImport': ['contact.add'],
  'rules.set': ['rules.set'],
  'wordings.create': ['wording.draft'],
  'wordings.copy': ['wording.draft'],
  'wordings.importFile': ['wording.draft'],
  'wordings.undoImport': ['wording.draft'],
  'wordings.takeStarter': ['wording.draft'],
  'wordings.move': ['wording.draft'],
  'wordings.remove': ['wording.draft'],
  'wordings.restore': ['wording.draft'],
  'wordings.edit': ['wording.draft'],
  'wordings.settleKept': ['wording.draft'],
  'wordings.save': ['wording.draft'],
  'wordings.ask': ['wording.draft'],
  'wordings.setValues': ['wording.values'],
  'wordings.decide': ['wording.approve'],
  'wordings.publish': ['wording.publish'],
  'wordings.release': ['wording.release'],
  'wordings.withdraw': ['wording.withdraw'],
  'wordings.delegate': ['wording.delegate'],
  'bulletins.setPlan': ['bulletin.manage'],
  'bulletins.hold': ['bulletin.manage'],
  'bulletins.release': ['bulletin.manage'],
  'bulletins.reorder': ['bulletin.manage'],
  'bulletins.sendNow': ['bulletin.manage'],
  'agentGroups.create': ['agents.manage'],
  'agentGroups.change': ['agents.manage'],
  'agentGroups.remove': ['agents.manage'],
  'agents.add': ['agents.manage'],
  'agents.change': ['agents.manage'],
  'agents.end': ['agents.manage'],
  'agents.settleNumber': ['agents.manage'],
  'agents.resetPassword': ['agents.manage'],
  'agents.makeLink': ['agents.manage'],
  'agents.endLink': ['agents.manage'],
  'agents.nudge': ['agents.manage'],
  'draftNotes.add': ['wording.draft'],
  'draftNotes.answer': ['wording.draft'],
  'draftNotes.close': ['wording.draft'],
  'draftNotes.accept': ['wording.draft'],
  'promises.keep': ['promise.settle'],
  'promises.break': ['promise.settle'],
  'promises.move': ['promise.settle'],
  'promises.void': ['promise.void'],
  'imports.write': ['import.write'],
  'imports.undo': ['import.undo'],
  'imports.restore': ['import.undo'],
  'personal.reveal': ['personal.reveal'],
  'members.change': ['member.place'],
  'members.revoke': ['member.revoke'],
  'members.restore': ['member.revoke'],
  'members.passOwnership': ['owner.change'],
  'team.invite': ['member.invite'],
  'team.withdrawInvite': ['member.invite'],
  'team.resetPassword': ['member.place'],
  'workspace.updateMe': ['member.place'],
}

/** Acts outside the matrix: on this device alone, on the member's own account, or judged by the hub for the owners. */
const FREE: readonly (CallName | `${string}.*`)[] = [
  'workspace.*',
  'membership.*',
  'demo.*',
  'evidence.*',
  'files.*',
  'exports.*',
  'imports.cancel',
  'notices.*',
  'team.setPassword',
  'team.unlink',
  'team.revokeSession',
  'team.takeOverIncident',
]

/** Actions without their own act on a screen, or not yet: undoing a whole import is one act, as is publishing with promises. */
const WITHOUT_SCREEN: readonly Action[] = ['import.end', 'member.rename', 'promise.make', 'agents.read', 'wording.delegate']

const files = new Map(
  readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => [join(RENDERER, name), readFileSync(join(RENDERER, name), 'utf8')]),
)

const actsIn = (text: string) => [...text.matchAll(/use(?:Permitted)?Act\('([\w.]+)'/g)].map(([, name]) => name as CallName)
/** `usePermittedAct` asks for the action that the contract names. */
const asksByContract = (text: string, action: Action) =>
  [...text.matchAll(/usePermittedAct\('([\w.]+)'/g)].some(([, name]) => {
    const call: Procedure = api[name as CallName]
    return call.kind === 'command' && call.action === action
  })
const asks = (text: string, action: Action) =>
  asksByContract(text, action) ||
  text.includes(`usePermit('${action}'`) ||
  text.includes(`barredFrom('${action}'`) ||
  new RegExp(`usePermit\\([^()]*'${action}'`).test(text)
const importersOf = (path: string) =>
  [...files].filter(([other, text]) =>
    [...text.matchAll(/from '(\.[^']+)'/g)].some(([, from]) => resolve(dirname(other), from ?? '') === path),
  )
const isFree = (name: CallName) => FREE.some((free) => (free.endsWith('.*') ? name.startsWith(free.slice(0, -1)) : name === free))

test('every act of a screen is either governed by the matrix or known to be free', () => {
  const used = new Set([...files.values()].flatMap(actsIn))
  expect([...used].filter((name) => !(name in api))).toEqual([])
  expect([...used].filter((name) => ACTIONS_OF[name] === undefined && !isFree(name))).toEqual([])
  expect(Object.keys(ACTIONS_OF).filter((name) => !used.has(name as CallName))).toEqual([])
  const covered = new Set([...Object.values(ACTIONS_OF).flat(), ...WITHOUT_SCREEN])
  expect(ACTIONS.filter((action) => !covered.has(action))).toEqual([])
})

test('where an act stands, or in everything that it stands in, the matrix is asked whether it may be done', () => {
  const unasked = [...files].flatMap(([path, text]) =>
    actsIn(text).flatMap((name) =>
      (ACTIONS_OF[name] ?? []).flatMap((action) => {
        if (asks(text, action)) return []
        const importers = importersOf(path)
        return importers.length > 0 && importers.every(([, other]) => asks(other, action))
          ? []
          : [`${path.slice(RENDERER.length + 1)}: ${name} without ${action}`]
      }),
    ),
  )
  expect(unasked).toEqual([])
})
