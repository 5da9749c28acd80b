import { useRead } from '#client/use-read.ts'
import type { AgentGroupView } from '#contract/agent-group-api.ts'
import { useMemo } from 'react'

const NONE: readonly AgentGroupView[] = []

/** The groups of agents, removed ones too, because texts were published to them; and their names by id. */
export function useGroups() {
  const { data, failure } = useRead('agentGroups.list', { removed: true })
  const all = data ?? NONE
  return useMemo(() => {
    const names = new Map(all.map(({ id, name }) => [id, name]))
    return { groups: all.filter(({ removed }) => !removed), nameOf: (id: string) => names.get(id) ?? '–', failure }
  }, [all, failure])
}
