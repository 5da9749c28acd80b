import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { PresenceFocus } from '#contract/team-api.ts'
import { serveLinks } from '#hub/http/serve-links.ts'
import { socketWire } from '#replica/link/socket-wire.ts'
import { ANN, BEN, idOf } from '#tests/support/log-texts.ts'

type LinkHub = Parameters<typeof serveLinks>[1]

const roomOf = (incidentId: string): PresenceFocus => ({ page: 'room', incidentId, part: null, entityId: null, writing: false })

/** One device over a real socket. `tell`: sends it a notice; `looks`: where it said that it looks. */
async function openLine() {
  const looks: (string | null)[] = []
  const heard: unknown[] = []
  let tell: (notice: unknown) => void = () => undefined
  const hub = {
    admit: () => Promise.resolve({ ok: true, owner: { memberId: ANN, sessionId: null, device: '电脑' } }),
    links: {
      open: (_owner: unknown, told: (notice: unknown) => void) => {
        tell = told
        const look = (place: PresenceFocus | null) => void looks.push(place?.incidentId ?? null)
        return Promise.resolve({
          ok: true,
          end: { answer: () => Promise.resolve({ t: 'down', why: 'internal' }), look, close: () => undefined },
        })
      },
    },
    metrics: { overQuota: () => undefined },
  } as unknown as LinkHub
  const server = createServer()
  const io = serveLinks(server, hub, { behindProxy: false, log: () => undefined })
  onTestFinished(() => void io.close())
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const wire = socketWire({ url: `http://127.0.0.1:${port}`, pinned: null }, 'x'.repeat(40), 'test')
  onTestFinished(() => wire.close())
  wire.onNotice((notice) => heard.push(notice))
  await wire.ask('hello', {}).catch(() => undefined)
  return { wire, looks, heard, tell: (notice: unknown) => tell(notice) }
}

test('who is here is told also while another notice is on its way: the last state arrives', async () => {
  const { heard, tell } = await openLine()
  const present = (incidentId: string | null) => ({
    t: 'presence',
    present: [{ memberId: BEN, device: '电脑', place: incidentId === null ? null : roomOf(incidentId), since: 0 }],
  })
  tell({ t: 'access' })
  tell(present(idOf(1)))
  tell(present(null))
  await expect.poll(() => heard.at(-1)).toEqual(present(null))
})

test('where a member looks is said also while another message is on its way', async () => {
  const { wire, looks } = await openLine()
  for (const id of [idOf(1), idOf(2), idOf(3)]) wire.look(roomOf(id))
  wire.look(null)
  await expect.poll(() => looks.at(-1)).toBeNull()
  expect(looks.slice(-4)).toEqual([idOf(1), idOf(2), idOf(3), null])
})
