import type * as Electron from 'electron'
import { record } from './record.ts'

type Handler = Parameters<Electron.Protocol['handle']>[1]

const handlers = new Map<string, Handler>()

export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => void record.schemes.push(...schemes),
  handle: (scheme: string, handler: Handler) => void handlers.set(scheme, handler),
} satisfies Partial<Electron.Protocol>

/** The shell's answer for one of its own addresses, or null when it handles no such scheme. */
export async function answerRequest(address: string, method: string): Promise<Response | null> {
  const handler = handlers.get(new URL(address).protocol.slice(0, -1))
  return handler ? handler(new Request(address, { method }) as Parameters<Handler>[0]) : null
}
