import { parentPort, workerData } from 'node:worker_threads'
import { serveApi } from '#contract/api-wire.ts'
import { openBenchStation } from './open-station.ts'
import { portChannel } from './port-channel.ts'

/** The replica's side of the contract in a thread of its own, over a message port, as the desktop's replica process serves it. */
if (!parentPort) throw new Error('Started without a port')
const station = await openBenchStation(String(workerData))
const channel = portChannel(parentPort)
const { announce } = serveApi(channel, station.handlers, (error) => {
  throw error
})
station.watch(announce)
