import { writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { answerCall } from '#contract/api-wire.ts'
import type { CallInput, CallName, CallOutput } from '#contract/api.ts'
import type { Result } from '#contract/failures.ts'
import { openWorkspace } from '#workspace/workspace.ts'
import { workerUrls } from '#workspace/worker-urls.ts'

/**
 * The acts of a commander, in a process that may be killed at any point: `scripted-session.ts <data folder> <folder for its
 * own files>`. Each act is printed only after its call returned ok: whatever is printed must survive.
 */
const [dataFolder = '', outside = ''] = process.argv.slice(2)

/** Writes directly to the file descriptor, so that no buffered output is lost when the process dies. */
function confirm(line: Record<string, unknown>): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

const workspace = await openWorkspace({ dataFolder, version: '0.0.0-test', workers: workerUrls(import.meta.url), log: () => undefined })

async function act<Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
  of: (value: CallOutput<Name>) => Record<string, unknown>,
): Promise<CallOutput<Name> | null> {
  const result = (await answerCall(workspace.handlers, name, input, (error) => confirm({ fault: String(error) }))) as Result<
    CallOutput<Name>
  >
  confirm(result.ok ? { done: name, ...of(result.value) } : { failed: name, code: result.failure.code })
  return result.ok ? result.value : null
}

async function importTable(incidentId: string): Promise<void> {
  const path = join(outside, '时间线.csv')
  writeFileSync(
    path,
    `时间,内容\n${Array.from({ length: 12 }, (_, index) => `2026-03-14 0${index % 10}:00,导入的第 ${index} 行`).join('\n')}\n`,
  )
  const source = await act('imports.inspect', { incidentId, source: { path } }, () => ({}))
  if (!source?.suggested.timeline) return
  const job = await act(
    'imports.check',
    { incidentId, sourceId: source.sourceId, plan: { target: 'timeline', mapping: source.suggested.timeline } },
    () => ({}),
  )
  if (!job) return
  let now = job
  const rest = async () => {
    while (now.phase === 'reading' || now.phase === 'writing') {
      await new Promise((resolve) => void setTimeout(resolve, 2))
      const next = await answerCall(workspace.handlers, 'imports.job', { jobId: job.jobId }, () => undefined)
      if (next.ok) now = next.value as typeof job
    }
  }
  await rest()
  await act('imports.write', { jobId: job.jobId }, (value) => {
    now = value
    return {}
  })
  await rest()
  confirm(
    now.phase === 'complete'
      ? { done: 'import', importId: now.importId, rows: now.rows }
      : { failed: 'import', code: now.failure?.code ?? now.phase },
  )
}

await act('workspace.setUp', { name: '安', role: 'commander', language: 'zh-Hans' }, (member) => ({ member: member.id }))
const incident = await act(
  'incidents.declare',
  { title: '门店饮用水投诉', type: 'product-problem', level: 1, stage: 'initial-complaint' },
  ({ id }) => ({ incident: id }),
)
if (incident) {
  const incidentId = incident.id
  const entries: string[] = []
  for (let index = 0; index < 20; index++) {
    const entry = await act('timeline.record', { incidentId, kind: 'observation', text: `第 ${index} 条记录` }, ({ id, text }) => ({
      entry: id,
      text,
    }))
    if (entry) entries.push(entry.id)
  }
  const [first = '', second = ''] = entries
  await act('timeline.comment', { incidentId, entryId: first, text: '已核实' }, ({ comments }) => ({
    entry: first,
    comments: comments.length,
  }))
  await act('timeline.star', { incidentId, entryId: first, starred: true }, () => ({ entry: first, starred: true }))
  await act(
    'timeline.correct',
    { incidentId, entryId: second, content: { kind: 'observation', text: '更正后的第 1 条', happenedAt: Date.now() }, reason: '笔误' },
    ({ text }) => ({ entry: second, text, original: '第 1 条记录' }),
  )
  await importTable(incidentId)
  const picture = join(outside, '截图.png')
  writeFileSync(picture, Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(40_000, 7)]))
  const file = await act('evidence.keepPath', { path: picture }, ({ hash, size }) => ({ hash, size }))
  if (file)
    await act('timeline.attach', { incidentId, entryId: first, hash: file.hash, name: '截图.png' }, () => ({
      entry: first,
      evidence: file.hash,
    }))
  await act('incidents.meetClock', { incidentId, clock: 'response', entryId: first }, () => ({ clock: 'response', metBy: first }))
}
await workspace.close()
confirm({ ended: true })
