import { writeSync } from 'node:fs'
import { answerCall } from '#contract/api-wire.ts'
import type { WorkspaceStatus } from '#contract/workspace-api.ts'
import { openWorkspace } from '#workspace/workspace.ts'
import { workerUrls } from '#workspace/worker-urls.ts'

/**
 * Writes entries one after the other on a disk that may fail: `writing-session.ts <data folder> <entries>`. Prints for each
 * whether it was confirmed, or why not, and at the end the number of pending ops.
 */
const [dataFolder = '', count = '40'] = process.argv.slice(2)

function say(line: Record<string, unknown>): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

const workspace = await openWorkspace({ dataFolder, version: '0.0.0-test', workers: workerUrls(import.meta.url), log: () => undefined })
const call = (name: string, input: unknown) => answerCall(workspace.handlers, name, input, (error) => say({ fault: String(error) }))

const [incident] = ((await call('incidents.list', {})) as { ok: boolean; value?: { id: string }[] }).value ?? []
say({ opened: incident !== undefined })
for (let index = 0; index < Number(count) && incident; index++) {
  const text = `第 ${index} 条记录`
  const result = await call('timeline.record', { incidentId: incident.id, kind: 'observation', text })
  say(result.ok ? { done: (result.value as { id: string }).id, text } : { failed: result.failure.code })
  // The hub does its part in later event loop turns.
  await new Promise((resolve) => void setTimeout(resolve, 1))
}
const status = await call('workspace.status', {})
say({ ended: true, pending: status.ok ? (status.value as WorkspaceStatus).sync.pending : null })
await workspace.close()
