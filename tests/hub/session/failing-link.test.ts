import { expect, onTestFinished, test } from 'vitest'
import { connectHub } from '#contract/connect-hub.ts'
import { serveHub } from '#hub/http/serve-hub.ts'
import { socketWire } from '#replica/link/socket-wire.ts'
import { ANN, idOf, joinText } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { openTeamHub } from '#tests/support/team-hub.ts'

test('P7: a database that is away while a link is opened costs the line and not the hub; the device comes in when it is back', async () => {
  const { team, close } = await openTeamHub(makeTempFolder('failing', 'quick'))
  await team.submit([joinText(ANN, '安', 'commander')], ANN, null)
  let away = 2
  const open: typeof team.links.open = (...given) => {
    away -= 1
    return away >= 0 ? Promise.reject(new Error('the database is away')) : team.links.open(...given)
  }
  const said: string[] = []
  const server = await serveHub(
    { ...team, links: { ...team.links, open } },
    { host: '127.0.0.1', port: 0, certificate: null, behindProxy: false, log: (_level, message) => void said.push(message) },
  )
  const { secret } = await team.accounts.sessions.open(ANN, 'test')
  const link = connectHub(socketWire({ url: `http://127.0.0.1:${server.port}`, pinned: null }, secret, 'test'))
  onTestFinished(async () => {
    link.close()
    await server.close()
    await close()
  })
  const hello = () => link.hello({ replicaId: idOf(1), cursors: [], sentAt: 0 })
  await expect
    .poll(() =>
      hello().then(
        (welcome) => welcome.hubId,
        (error: Error) => error.name,
      ),
    )
    .toBe(team.about().hubId)
  expect(said).toEqual(['A link could not be opened', 'A link could not be opened'])
})
