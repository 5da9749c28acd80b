import type { IncidentView } from '#contract/incident-api.ts'
import { isRunning } from '#domain/incidents/incident.ts'
import { inOrderOfUrgency } from '#features/incidents'
import type { Command } from '#ui/commands/command.ts'

/** How many rows of a group the palette shows. */
export const SHOWN = 8

function contains(text: string, query: string): boolean {
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word))
}

export function findCommands(commands: readonly Command[], query: string): Command[] {
  return commands.filter((command) => !command.hidden && !command.disabled && contains(`${command.label} ${command.keywords ?? ''}`, query))
}

export function findIncidents(incidents: readonly IncidentView[], query: string): IncidentView[] {
  return inOrderOfUrgency(incidents.filter((incident) => contains(incident.title, query))).slice(0, SHOWN)
}

/** Commands of an incident page that are offered everywhere; the page runs them once it is open. */
const ROOM_ACTS = [
  { id: 'hand-over', keywords: 'hand over commander 交接 指挥 jiaojie' },
  { id: 'level', keywords: 'level grade 等级 升级 降级 调整等级 改级 gaiji' },
  { id: 'status', keywords: 'status contained resolved close 状态 改状态 控制 解决 关闭' },
  { id: 'export', keywords: 'export file 导出 文件 daochu' },
] as const

export type RoomAct = { key: string; act: (typeof ROOM_ACTS)[number]['id']; incident: IncidentView }

/** Commands for the incidents in the rail that match the typed text. On an incident page, that page's own commands are used instead. */
export function findRoomActs(
  incidents: readonly IncidentView[],
  query: string,
  here: string | undefined,
  nameOf: (act: RoomAct['act']) => string,
): RoomAct[] {
  if (query === '') return []
  const open = inOrderOfUrgency(incidents.filter((incident) => isRunning(incident) && incident.id !== here))
  return ROOM_ACTS.flatMap(({ id, keywords }) => {
    const named = query.split(/\s+/).some((word) => contains(`${nameOf(id)} ${keywords}`, word))
    return named
      ? open
          .filter(({ title }) => contains(`${nameOf(id)} ${keywords} ${title}`, query))
          .map((incident): RoomAct => ({ key: `${id} ${incident.id}`, act: id, incident }))
      : []
  }).slice(0, SHOWN)
}
