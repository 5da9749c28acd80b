/** Entry of the worker thread that makes bootstrap snapshots, so that the hub's own thread is never blocked. */
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { connectHub, type LinkWire } from '#contract/connect-hub.ts'
import { REAL_EDGE } from '../store/replica-store.ts'
import { makeBootstrapSnapshot } from './make-bootstrap-snapshot.ts'
import type { FromBootstrap, ToBootstrap } from './bootstrap-messages.ts'

const port = parentPort
if (port === null) throw new Error('bootstrap-worker runs in a worker thread only')
const send = (message: FromBootstrap) => port.postMessage(message)

/** The wire to the hub of this process. */
function portWire(): LinkWire {
  const waiting = new Map<number, (answer: unknown) => void>()
  let asked = 0
  port?.on('message', ({ id, answer }: ToBootstrap) => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
  })
  return {
    ask: (name, message) =>
      new Promise((resolve) => {
        asked += 1
        waiting.set(asked, resolve)
        send({ kind: 'ask', id: asked, name, message })
      }),
    look: () => undefined,
    onNotice: () => () => undefined,
    close: () => undefined,
  }
}

const order = z.object({ folder: z.string(), file: z.string(), form: z.string(), memberId: z.string() }).parse(workerData)
try {
  send({ kind: 'made', replica: await makeBootstrapSnapshot({ ...order, link: connectHub(portWire()), edge: REAL_EDGE }) })
} catch (error) {
  send({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) })
}
port.close()
