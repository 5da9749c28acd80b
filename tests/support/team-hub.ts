import { join } from 'node:path'
import type { Admission } from '#domain/members/admission.ts'
import { connectHub } from '#contract/connect-hub.ts'
import type { HubLink } from '#contract/hub-link.ts'
import { openHub, type FileHub } from '#hub/open-hub.ts'
import { memoryWire } from '#hub/session/links.ts'
import { createTeamHub, type TeamHub } from '#hub/team-hub.ts'

export type HubUnderTest = { hub: FileHub; team: TeamHub; link(memberId: string, admission?: Admission): HubLink; close(): Promise<void> }

/** A whole hub over a real file, with links in memory. */
export async function openTeamHub(folder: string, now: () => number = Date.now, faults: unknown[] = []): Promise<HubUnderTest> {
  const opened = openHub(join(folder, 'hub.db'), true, now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const team = await createTeamHub({
    hub: opened.hub,
    dataFolder: folder,
    evidenceFolder: join(folder, 'hub-evidence'),
    version: 'test',
    log: (level, message, detail) => void (level === 'info' ? null : faults.push({ message, detail })),
    now,
  })
  return {
    hub: opened.hub,
    team,
    link: (memberId, admission = null) => connectHub(memoryWire(team.links, { memberId, sessionId: null, device: 'test', address: 'here', admission })),
    close: () => team.close(),
  }
}
