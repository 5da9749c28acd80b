import { onTestFinished } from 'vitest'
import { answerCall } from '#contract/api-wire.ts'
import type { CallInput, CallName, CallOutput } from '#contract/api.ts'
import type { FailureCode, Result } from '#contract/failures.ts'
import { openWorkspace } from '#workspace/workspace.ts'
import type { Workspace, WorkspaceOptions } from '#workspace/workspace-options.ts'
import { workerUrls } from '#workspace/worker-urls.ts'

export type WorkspaceUnderTest = {
  workspace: Workspace
  dataFolder: string
  /** Makes a call as a shell does: through the contract, with parsed input. */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>>
  /** The value of a call that must succeed. */
  value<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>
  /** The code of a call that must fail. */
  failure<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<FailureCode>
  /** Unexpected errors that handlers threw. A test that expects none asserts that. */
  faults: unknown[]
  log: { level: string; message: string; detail: unknown }[]
  close(): Promise<void>
}

/** The real workspace over real files, closed when the test ends. */
export async function openWorkspaceUnderTest(
  dataFolder: string,
  now?: () => number,
  more: Partial<WorkspaceOptions> = {},
): Promise<WorkspaceUnderTest> {
  const log: WorkspaceUnderTest['log'] = []
  const workspace = await openWorkspace({
    dataFolder,
    version: '0.0.0-test',
    workers: workerUrls(import.meta.url),
    log: (level, message, detail) => void log.push({ level, message, detail }),
    ...(now ? { now } : {}),
    ...more,
  })
  const faults: unknown[] = []
  const opened: WorkspaceUnderTest = {
    workspace,
    dataFolder,
    faults,
    log,
    async call(name, input) {
      // The contract's table gives the output type of each name.
      return (await answerCall(workspace.handlers, name, input, (error) => void faults.push(error))) as Result<CallOutput<typeof name>>
    },
    async value(name, input) {
      const result = await opened.call(name, input)
      if (!result.ok) throw new Error(`${name} failed: ${JSON.stringify(result.failure)} ${faults.map(String).join('; ')}`)
      return result.value
    },
    async failure(name, input) {
      const result = await opened.call(name, input)
      if (result.ok) throw new Error(`${name} succeeded: ${JSON.stringify(result.value)}`)
      return result.failure.code
    },
    close: () => workspace.close(),
  }
  onTestFinished(() => workspace.close())
  return opened
}

/** The same after its first run: 安 is the commander. */
export async function openReadyWorkspace(dataFolder: string, now?: () => number): Promise<WorkspaceUnderTest> {
  const opened = await openWorkspaceUnderTest(dataFolder, now)
  await opened.value('workspace.setUp', { name: '安', role: 'commander', language: 'zh-Hans' })
  return opened
}

/** Declares an incident to work on. @returns its id */
export async function declareIncident(under: WorkspaceUnderTest, changes: Partial<CallInput<'incidents.declare'>> = {}): Promise<string> {
  const declared = await under.value('incidents.declare', {
    title: '门店饮用水投诉',
    type: 'product-problem',
    level: 1,
    stage: 'initial-complaint',
    ...changes,
  })
  return declared.id
}

/** Waits until the hub has acknowledged everything written here. */
export async function waitForSync(under: WorkspaceUnderTest): Promise<void> {
  for (;;) {
    const status = await under.value('workspace.status', {})
    if (status.sync.pending === 0) return
    await new Promise((resolve) => void setTimeout(resolve, 5))
  }
}

/** Waits until an import's job is idle. @returns the job */
export async function waitForJob(under: WorkspaceUnderTest, jobId: string): Promise<CallOutput<'imports.job'>> {
  for (;;) {
    const job = await under.value('imports.job', { jobId })
    if (job.phase !== 'reading' && job.phase !== 'writing') return job
    await new Promise((resolve) => void setTimeout(resolve, 5))
  }
}
