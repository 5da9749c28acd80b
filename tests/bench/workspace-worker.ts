import { parentPort, workerData } from 'node:worker_threads'
import { serveApi } from '#contract/api-wire.ts'
import { openBenchWorkspace } from './open-workspace.ts'
import { portChannel } from './port-channel.ts'

/** The replica's side of the contract in its own thread, over a message port, as in the desktop's replica process. */
if (!parentPort) throw new Error('Started without a port')
const workspace = await openBenchWorkspace(String(workerData))
const channel = portChannel(parentPort)
const { announce } = serveApi(channel, workspace.handlers, (error) => {
  throw error
})
workspace.watch(announce)
