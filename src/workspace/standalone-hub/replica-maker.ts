import { Worker } from 'node:worker_threads'
import { EVERYBODY } from '#hub/log/readers.ts'
import type { MadeReplica, ReplicaMaker } from '#hub/snapshots/replica-maker.ts'
import type { FromBootstrap, BootstrapOrder, ToBootstrap } from '#replica/bootstrap/bootstrap-messages.ts'
import { replicaForm } from '#replica/store/replica-form.ts'

/**
 * Makes the bootstrap snapshots of a hub, each in its own worker thread.
 * @param worker entry file of the thread, see `worker-urls.ts`
 * @param version of this app: devices of another version cannot use the files
 */
export function createReplicaMaker(worker: URL, version: string): ReplicaMaker {
  const form = replicaForm(version)
  let thread: Worker | null = null
  return {
    form,
    make: ({ folder, file, ask }) =>
      new Promise((resolve, reject) => {
        const order: BootstrapOrder = { folder, file, form, memberId: EVERYBODY }
        const started = new Worker(worker, { workerData: order })
        thread = started
        let made: MadeReplica | null = null
        let fault: Error | null = new Error('It ended without a result')
        started.on('message', (message: FromBootstrap) => {
          if (message.kind === 'ask') {
            void ask(message.name, message.message).then((answer) => started.postMessage({ id: message.id, answer } satisfies ToBootstrap))
            return
          }
          fault = message.kind === 'failed' ? new Error(message.detail) : null
          if (message.kind === 'made') made = message.replica
        })
        started.on('error', (error) => {
          fault = error instanceof Error ? error : new Error(String(error))
        })
        started.on('exit', () => {
          thread = null
          if (fault) reject(fault)
          else resolve(made)
        })
      }),
    close: () => void thread?.terminate(),
  }
}
