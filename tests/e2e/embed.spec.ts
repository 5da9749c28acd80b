import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { openConsoleHub } from './console-hub.ts'

/** A desk of another site: a page with the hub's console in a frame. */
async function openDesk() {
  let frame = ''
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'self'; frame-src ${frame === '' ? "'none'" : new URL(frame).origin}`,
    })
    response.end(`<!doctype html><title>desk</title><iframe src="${frame}" width="380" height="640" allow="clipboard-write"></iframe>`)
  })
  await new Promise<void>((ready) => void server.listen(0, ready))
  const { port } = server.address() as AddressInfo
  return {
    named: `http://localhost:${port}`,
    other: `http://127.0.0.1:${port}`,
    embed: (address: string) => (frame = address),
    close: () => void server.close(),
  }
}

test('a desk on a named origin embeds the console with a session that lasts; on another origin the frame stays empty', async ({
  browser,
}) => {
  const desk = await openDesk()
  const hub = await openConsoleHub([desk.named])
  desk.embed(`${hub.address}embed/`)
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'zh-CN', viewport: { width: 1000, height: 800 } })
  try {
    const { added } = await hub.head('agents.add', { agents: [{ number: '8017', name: '王敏', vendor: null, groups: [] }] })
    const text = await hub.publish({ title: '退款多久到账', core: '三个工作日内原路退回。' })
    const page = await context.newPage()
    await page.goto(desk.named)
    const frame = page.frameLocator('iframe')
    await frame.getByLabel('坐席号').fill('8017')
    await frame.getByLabel('密码').fill(added[0]?.password ?? '')
    await frame.getByRole('button', { name: '登录' }).click()
    await frame.getByRole('option', { name: /退款多久到账/u }).click()
    await expect(frame.getByRole('heading', { name: '退款多久到账' })).toBeVisible()

    // The session survives a new load of the desk; a change comes by the stream; an urgent one covers the console.
    await page.reload()
    await expect(frame.getByRole('option', { name: /退款多久到账/u })).toBeVisible()
    await hub.publish({ title: '退款多久到账', core: '五个工作日内原路退回。' }, { of: text, urgency: 'urgent' })
    await expect(frame.getByRole('alertdialog')).toContainText('五个工作日内')
    expect((await context.cookies()).map(({ name, path, sameSite, secure }) => ({ name, path, sameSite, secure }))).toEqual([
      { name: 'stormroom_embed', path: '/console/embed', sameSite: 'None', secure: true },
    ])

    const refused = page.waitForEvent('console', (message) => /frame-ancestors/u.test(message.text()))
    await page.goto(desk.other)
    await refused
    await expect(frame.getByLabel('坐席号')).toHaveCount(0)
  } finally {
    await context.close()
    await hub.close()
    desk.close()
  }
})
