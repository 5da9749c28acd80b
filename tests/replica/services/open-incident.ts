import type { IncidentView } from '#contract/incident-api.ts'
import type { MemberRole } from '#domain/members/member.ts'
import type { Failure } from '#contract/failures.ts'
import { openWorkspace, type Workspace } from '#workspace/workspace.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { onTestFinished } from 'vitest'

type Settled<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** The value of a call that must succeed. */
export async function done<T>(result: Settled<T> | Promise<Settled<T>>): Promise<T> {
  const settled = await result
  if (!settled.ok) throw new Error(JSON.stringify(settled.failure))
  return settled.value
}

/** The failure of a call that must be refused. */
export async function refused<T>(result: Settled<T> | Promise<Settled<T>>): Promise<Failure> {
  const settled = await result
  if (settled.ok) throw new Error(`Not refused: ${JSON.stringify(settled.value)}`)
  return settled.failure
}

/** A workspace on real files with one declared incident. */
export async function openIncident(
  type: IncidentView['type'] = 'product-problem',
  role: MemberRole = 'commander',
): Promise<{ handlers: Workspace['handlers']; incident: IncidentView; dataFolder: string }> {
  const dataFolder = makeTempFolder('service', 'quick')
  const workspace = await openWorkspace({
    dataFolder,
    version: 'test',
    workers: workerUrls(import.meta.url),
    log: () => {},
  })
  onTestFinished(() => workspace.close())
  const { handlers } = workspace
  await done(handlers['workspace.setUp']({ name: '林舟', role, language: 'zh-Hans' }))
  const incident = await done(
    handlers['incidents.declare']({ title: '空气净化器起火视频', type, level: 1, stage: 'initial-complaint', known: '', mode: 'real' }),
  )
  return { handlers, incident, dataFolder }
}
