import { join } from 'node:path'
import type { Admission } from '#domain/members/admission.ts'
import { connectHub } from '#contract/connect-hub.ts'
import type { HubLink } from '#contract/hub-link.ts'
import { openHub, type FileHub, type Hub } from '#hub/open-hub.ts'
import { memoryWire } from '#hub/session/links.ts'
import { createTeamHub, type TeamHub } from '#hub/team-hub.ts'

export type HubUnderTest = { hub: Hub; team: TeamHub; link(memberId: string, admission?: Admission): HubLink; close(): Promise<void> }

/** A complete hub over a real file, with links in memory. */
export async function openTeamHub(
  folder: string,
  now: () => number = Date.now,
  faults: unknown[] = [],
): Promise<HubUnderTest & { hub: FileHub }> {
  const opened = openHub(join(folder, 'hub.db'), true, now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  return { ...(await openTeamOver(opened.hub, folder, now, faults)), hub: opened.hub }
}

/** A complete hub over a log that is already open. */
export async function openTeamOver(hub: Hub, folder: string, now: () => number, faults: unknown[] = []): Promise<HubUnderTest> {
  const team = await createTeamHub({
    hub,
    dataFolder: folder,
    evidenceFolder: join(folder, 'hub-evidence'),
    version: 'test',
    log: (level, message, detail) => void (level === 'info' ? null : faults.push({ message, detail })),
    now,
  })
  return {
    hub,
    team,
    link: (memberId, admission = null) =>
      connectHub(memoryWire(team.links, { memberId, sessionId: null, device: 'test', address: 'here', admission })),
    close: () => team.close(),
  }
}
