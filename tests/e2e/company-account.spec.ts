import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { CLIENT, freePort, openProvider } from '#tests/support/company-provider.ts'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test as base } from './team.ts'

const REPOSITORY = resolve(import.meta.dirname, '../..')
const ACCOUNT = '清泉账号'

/** A hub in its own process and a real identity provider. */
const test = base.extend<{ company: { address: string; invite: string } }>({
  company: async ({ browserName: _browserName }, use) => {
    const port = await freePort()
    const address = `http://127.0.0.1:${port}`
    const provider = await openProvider(address)
    const data = await mkdtemp(join(tmpdir(), 'stormroom-company-'))
    const flags = [
      '--data',
      data,
      '--port',
      String(port),
      '--no-tls',
      '--name',
      '清泉应急组',
      '--address',
      address,
      '--oidc-issuer',
      provider.issuer,
      '--oidc-client-id',
      CLIENT.id,
      '--oidc-name',
      ACCOUNT,
    ]
    const hub = spawn(
      join(REPOSITORY, 'node_modules/.bin/node'),
      [join(REPOSITORY, 'out/main/start-command-line.js'), 'hub', '--json', ...flags],
      { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, STORMROOM_HUB_OIDC_CLIENT_SECRET: CLIENT.secret } },
    )
    const [line] = (await once(createInterface({ input: hub.stdout }), 'line')) as [string]
    await use({ address, invite: (JSON.parse(line) as { invite: string }).invite })
    hub.kill('SIGTERM')
    await once(hub, 'exit')
    await provider.stop()
    await rm(data, { recursive: true, force: true })
  },
})

/** Presses a button of the app that opens the provider's page in a new tab. */
async function openTab(page: Page, button: string): Promise<Page> {
  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('button', { name: button }).click()])
  return tab
}

test("joining by the company's account, linking it anew, and signing in by it on another machine: the codes are compared each time", async ({
  app,
  guest,
  company,
}) => {
  await app.open()
  const { page } = guest
  await page.getByText('用邀请加入团队').first().click()
  await page.getByRole('textbox', { name: '邀请码' }).fill(company.invite)
  await page.getByRole('button', { name: '查看这个邀请' }).click()
  const joinBy = `用“${ACCOUNT}”加入“清泉应急组”，角色：危机指挥`
  // Sign-in does not start without a name, and asks only for what a company account needs (no password).
  await page.getByRole('button', { name: joinBy }).click()
  await expect(page.getByText('请写下你的姓名。')).toBeVisible()
  await expect(page.getByText('请输入密码。')).toHaveCount(0)
  await page.getByRole('textbox', { name: '姓名' }).fill('林舟')
  const first = await openTab(page, joinBy)
  const wait = page.getByRole('group', { name: `等待“${ACCOUNT}”的登录` })
  await expect(wait).toBeFocused()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  const code = (await wait.locator('strong').textContent()) ?? ''
  expect(code).toMatch(/^[A-Z]{3}-[A-Z]{3}$/)
  await first.getByRole('textbox', { name: 'Company name' }).fill('lin')
  await first.getByRole('button', { name: 'Enter' }).click()
  await expect(first.getByRole('heading', { name: '核对代码，再确认' })).toBeVisible()
  await expect(first.getByRole('definition').filter({ hasText: code })).toBeVisible()
  expect((await new AxeBuilder({ page: first }).analyze()).violations).toEqual([])
  await first.getByRole('button', { name: '代码一样，确认' }).click()
  await expect(first.getByRole('heading', { name: '已确认' })).toBeVisible()
  await expect(page.getByRole('link', { name: '林舟 危机指挥' })).toBeVisible()

  await page.goto(`${guest.origin}#/team`)
  await expect(page.getByText(`“${ACCOUNT}”已关联：在新设备上可以用它登录。`)).toBeVisible()
  const unlink = page.getByRole('button', { name: `解除我的“${ACCOUNT}”，以后只用密码登录` })
  await expect(unlink).toHaveAccessibleDescription('先设一个密码，否则就再也进不来了')
  await page.getByRole('textbox', { name: '登录名' }).fill('lin')
  await page.locator('input[type=password]').fill('drei-kurze-wellen')
  await page.getByRole('button', { name: '保存登录名和新密码' }).click()
  await expect(page.getByText('登录名和密码已保存，其他设备已退出')).toBeVisible()
  await unlink.click()
  const link = `关联我的“${ACCOUNT}”`
  await expect(page.getByRole('button', { name: link })).toBeVisible()
  const second = await openTab(page, link)
  await second.getByRole('button', { name: '代码一样，确认' }).click()
  await expect(unlink).toBeVisible()

  await app.page.getByText('登录已加入的团队').click()
  await app.page.getByRole('textbox', { name: '团队服务器地址' }).fill(company.address)
  await app.page.keyboard.press('Tab')
  const signIn = `用“${ACCOUNT}”登录`
  const third = await openTab(app.page, signIn)
  await third.getByRole('textbox', { name: 'Company name' }).fill('lin')
  await third.getByRole('button', { name: 'Enter' }).click()
  await third.getByRole('button', { name: '不是我，拒绝' }).click()
  await expect(app.page.getByText('在浏览器里选了“不是我”，所以没有登录。')).toBeVisible()
  const fourth = await openTab(app.page, signIn)
  await fourth.getByRole('button', { name: '代码一样，确认' }).click()
  await expect(app.page.getByRole('link', { name: '林舟 危机指挥' })).toBeVisible()
})
