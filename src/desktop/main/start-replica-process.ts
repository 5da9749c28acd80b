// The replica process: opens the workspace of one data folder and serves it over every port that the main process sends. It
// ends on request, or by itself if the workspace cannot be opened; the main process then starts it again.
import { openDemo } from '#workspace/demo/open-demo.ts'
import { createRooms, type Rooms } from '#workspace/rooms.ts'
import { openWorkspace } from '#workspace/workspace.ts'
import type { Workspace } from '#workspace/workspace.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { PRIVATE_UMASK } from '#workspace/data-folder.ts'
import { writeLog } from './log.ts'
import { portChannel } from './port-channel.ts'
import type { ReplicaMessage } from './replica-messages.ts'

process.umask(PRIVATE_UMASK)

let opened: Promise<{ workspace: Workspace; rooms: Rooms }> | undefined

async function open({
  dataFolder,
  version,
  appKey,
  demo,
}: Extract<ReplicaMessage, { do: 'open' }>): Promise<{ workspace: Workspace; rooms: Rooms }> {
  const options = { version, workers: workerUrls(import.meta.url), log: writeLog }
  const workspace = await (demo ? openDemo({ ...options, language: demo }) : openWorkspace({ ...options, dataFolder, keys: { appKey } }))
  return { workspace, rooms: createRooms({ workspace, openDemo: (language) => openDemo({ ...options, language }), log: writeLog }) }
}

async function close(): Promise<void> {
  const both = await opened
  await both?.rooms.close()
  await both?.workspace.close()
}

function end(error: unknown): void {
  writeLog('error', 'The replica cannot go on', error)
  process.exit(1)
}

process.parentPort.on('message', (event) => {
  // Only the main process has the other end.
  const message = event.data as ReplicaMessage
  if (message.do === 'open') {
    opened = open(message)
    opened.catch(end)
  } else if (message.do === 'serve') {
    const [port] = event.ports
    if (opened && port) opened.then(({ rooms }) => rooms.receive(portChannel(port), message.demo ?? null)).catch(end)
  } else {
    close().then(() => process.exit(0), end)
  }
})
