import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createBrowser } from '#tests/support/company-provider.ts'
import { openCompanyTeam } from '#tests/support/company-team.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { finish, runJson, startCommand } from './run-command.ts'

test('stormroom join --oidc prints where to go and the code to compare, and joins once the browser has confirmed', async () => {
  const folder = makeTempFolder()
  const team = await openCompanyTeam(join(folder, 'hub'), '清风小组', '清风账号')
  onTestFinished(team.close)
  const data = join(folder, 'lin')
  expect((await runJson(['join', team.code, '--name', '林舟', '--data', data])).document).toMatchObject({ ok: false, failure: { code: 'usage', message: expect.stringContaining('--login') } })

  const child = startCommand(['join', team.code, '--name', '林舟', '--oidc', '--data', data, '--json'])
  onTestFinished(() => void child.kill('SIGKILL'))
  const finished = finish(child)
  let said = ''
  while (!said.includes('Ctrl-C')) {
    const [piece] = (await once(child.stderr, 'data')) as [Buffer]
    said += piece.toString('utf8')
  }
  const browser = createBrowser()
  const page = await browser.enter(/http\S+/.exec(said)?.[0] ?? '', 'lin')
  const code = /[A-Z]{3}-[A-Z]{3}/.exec(said)?.[0] ?? 'none'
  expect(page.html).toContain(code)
  await browser.press(page, 'yes')
  const { code: exit, out } = await finished
  expect([exit, JSON.parse(out)]).toMatchObject([0, { ok: true, membership: { kind: 'joined', teamName: '清风小组' } }])
})
