import { serveApi } from '#contract/api-wire.ts'
import { openDemo } from '#station/demo/open-demo.ts'
import { openStation } from '#station/station.ts'
import type { Station } from '#station/station.ts'
import { workerUrls } from '#station/worker-urls.ts'
import type { MessagePortMain } from 'electron'
import { writeLog } from './log.ts'
import { portChannel } from './port-channel.ts'
import type { ReplicaMessage } from './replica-messages.ts'

/**
 * The replica process: opens the station of one data folder and serves it over every port that the main process sends. It
 * ends when told to, or by itself when the station cannot be opened; the main process then starts it again.
 */
let station: Promise<Station> | undefined

function open({ dataFolder, version, demo }: Extract<ReplicaMessage, { do: 'open' }>): Promise<Station> {
  const options = { version, workers: workerUrls(import.meta.url), log: writeLog }
  return demo ? openDemo(options) : openStation({ ...options, dataFolder })
}

async function serve(opened: Promise<Station>, port: MessagePortMain): Promise<void> {
  const { handlers, watch } = await opened
  const channel = portChannel(port)
  const { announce } = serveApi(channel, handlers, (error) => writeLog('error', 'A call failed', error))
  channel.onClose(watch(announce))
}

function end(error: unknown): void {
  writeLog('error', 'The replica cannot go on', error)
  process.exit(1)
}

process.parentPort.on('message', (event) => {
  // Only the main process has the other end.
  const message = event.data as ReplicaMessage
  if (message.do === 'open') {
    station = open(message)
    station.catch(end)
  } else if (message.do === 'serve') {
    const [port] = event.ports
    if (station && port) serve(station, port).catch(end)
  } else {
    Promise.resolve(station).then((opened) => opened?.close()).then(() => process.exit(0), end)
  }
})
