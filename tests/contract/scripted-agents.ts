import type { Acts, Script } from './scripted-incident.ts'

/** A group of agents, from its creation on. */
export function agentGroupActs({ call, world }: Script): Acts {
  const group = { name: '热线', vendor: null, team: '', skill: '', channel: 'phone', language: null } as const
  const ref = () => ({ groupId: world['groupId'] ?? '' })
  return [
    [
      'add a group of agents',
      async () => {
        world['groupId'] = (await call('agentGroups.create', { group: { ...group, leads: [] } })).id
      },
    ],
    ['change the group', () => call('agentGroups.change', { ...ref(), change: { skill: '退款' } })],
    ['remove the group', () => call('agentGroups.remove', { ...ref(), removed: true })],
    ['bring the group back', () => call('agentGroups.remove', { ...ref(), removed: false })],
  ]
}
