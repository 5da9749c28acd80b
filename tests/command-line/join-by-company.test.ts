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
  expect((await runJson(['join', team.code, '--name', '林舟', '--data', data])).document).toMatchObject({
    ok: false,
    failure: { code: 'usage', message: expect.stringContaining('--login') },
  })

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

test('a hub says which address to register at the provider, and what is missing before it starts', async () => {
  const data = join(makeTempFolder(), 'hub')
  const missing = await runJson(['hub', '--data', data, '--oidc-issuer', 'https://id.example.com', '--address', 'https://war.example.com'])
  expect(missing.document).toMatchObject({
    ok: false,
    failure: { code: 'hub-oidc-incomplete', message: expect.stringContaining('oidc-client-id') },
  })
  const flags = [
    '--oidc-issuer',
    'https://id.example.com',
    '--oidc-client-id',
    'stormroom',
    '--address',
    'https://war.example.com',
    '--no-tls',
    '--port',
    '0',
  ]
  const child = startCommand(['hub', '--data', data, ...flags])
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  while (!said.includes('stormroom1.')) said += ((await once(child.stdout, 'data')) as [Buffer])[0].toString('utf8')
  expect(said).toContain('https://war.example.com/auth/oidc/callback')
  child.kill('SIGTERM')
  await once(child, 'close')
})
