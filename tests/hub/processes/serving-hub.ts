import { writeSync } from 'node:fs'
import { HubConfig } from '#hub/hub-config.ts'
import { runHub } from '#hub/run-hub.ts'
import { ANN, BEN, idOf, joinText } from '#tests/support/log-texts.ts'

/**
 * A hub in its own process: `serving-hub.ts <data folder> <port> [members]`. Over a new folder it makes a team of two or more
 * and prints the secrets of their devices; everything that it acknowledges is on disk first.
 */
const [data = '', port = '0', count = '2'] = process.argv.slice(2)
const members = [ANN, BEN, ...Array.from({ length: Number(count) - 2 }, (_, index) => idOf(0xc + index))]
const say = (line: Record<string, unknown>) => void writeSync(1, `${JSON.stringify(line)}\n`)

const opened = await runHub(HubConfig.parse({ data, port: Number(port), host: '127.0.0.1', 'no-tls': true }), {
  version: '0.0.0-test',
  log: (level, message, detail) => (level === 'info' ? undefined : say({ level, message, detail })),
  now: Date.now,
  addressesAt: () => ['127.0.0.1'],
})
if (!opened.ok) {
  say({ trouble: opened.trouble.kind })
  process.exit(1)
}
const { team, server, close } = opened.running
if ((await team.hub.log.headOf('team')) === null) {
  await team.hub.log.submit([joinText(ANN, '安', 'commander')], { memberId: ANN, admission: { kind: 'founder' } })
  for (const member of members.slice(1))
    await team.hub.log.submit([joinText(member, `本 ${member.slice(-1)}`)], {
      memberId: member,
      admission: { kind: 'invited', role: 'pr' },
    })
}
const tokens = await Promise.all(members.map(async (member) => (await team.accounts.sessions.open(member, 'test')).secret))
say({ port: server.port, tokens })
process.on('SIGTERM', () => void close().then(() => process.exit(0)))
