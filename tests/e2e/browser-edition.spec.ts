import { expect, test } from './app.ts'

test('the app opens in a real browser under its content policy, without an error in the console', async ({ app }) => {
  await app.setUp()
  await expect(app.page).toHaveURL(app.origin)
  await expect(app.page.locator('#root')).not.toBeEmpty()
  const ran = await app.page.evaluate(() => {
    const tries: [string, () => unknown][] = [
      ['markup', () => (document.createElement('div').innerHTML = '<img src=x onerror="window.ranAnyway = true">')],
      ['script text', () => (document.createElement('script').textContent = 'window.ranAnyway = true')],
      ['script address', () => (document.createElement('script').src = 'https://example.com/x.js')],
      ['timer text', () => setTimeout('window.ranAnyway = true')],
    ]
    return tries.flatMap(([name, attempt]) => {
      try {
        attempt()
        return [name]
      } catch {
        return []
      }
    })
  })
  expect(ran).toEqual([])
  expect(await app.page.evaluate(() => 'ranAnyway' in window)).toBe(false)
  app.allowErrors(/requires 'Trusted/)
})

test('the printed address opens once; a page that is open keeps working, another browser is told what to do', async ({ app, browser }) => {
  await app.setUp()
  const stranger = await browser.newContext()
  const page = await stranger.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    // Chromium reports the page's own status code as a failed resource.
    if (message.type() === 'error' && !message.text().includes('401')) problems.push(message.text())
  })
  await page.goto(app.origin)
  await expect(page.getByText('请用启动时打印的地址打开')).toBeVisible()
  await expect(page.getByText('Open Stormroom with the address printed at start')).toBeVisible()
  expect(problems).toEqual([])
  await stranger.close()
  expect(await (await app.client()).call('workspace.status', {})).toMatchObject({ ok: true, value: { phase: 'ready' } })
})

test('what was acknowledged is there after the plug is pulled', async ({ app }) => {
  await app.setUp()
  const declared = await (
    await app.client()
  ).call('incidents.declare', { title: '拔掉电源', type: 'system-failure', level: 1, stage: 'initial-complaint' })
  expect(declared).toMatchObject({ ok: true })
  await app.kill()
  await app.restart()
  expect(await (await app.client()).call('incidents.list', {})).toMatchObject({ ok: true, value: [{ title: '拔掉电源' }] })
  expect(await (await app.client()).call('workspace.verify', {})).toMatchObject({ ok: true, value: { ok: true } })
})
