import { connectApi } from '#contract/api-wire.ts'
import type { ApiClient } from '#contract/api.ts'
import type { BrowserContext } from '@playwright/test'
import { io } from 'socket.io-client'

/** A second client of the built app, with the session of a browser that is already signed in. */
export async function connectBeside(context: BrowserContext, origin: string): Promise<{ client: ApiClient; close(): void }> {
  const cookies = await context.cookies(origin)
  const kept = (await context.storageState()).origins.find((one) => one.origin === new URL(origin).origin)?.localStorage ?? []
  const key = kept.find(({ name }) => name === 'stormroom.page-key')?.value ?? ''
  const socket = io(origin, {
    auth: { key },
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    extraHeaders: { Origin: new URL(origin).origin, Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
  })
  const connected = new Promise<void>((settle, refuse) => {
    socket.on('connect', () => settle())
    socket.on('connect_error', refuse)
  })
  const client = connectApi(
    {
      send: (message) => void socket.emit('m', message),
      onMessage: (listener) => void socket.on('m', listener),
      onClose: (listener) => void socket.on('disconnect', () => listener()),
      close: () => void socket.close(),
    },
    () => undefined,
  )
  socket.connect()
  await connected
  return { client, close: () => void socket.close() }
}
