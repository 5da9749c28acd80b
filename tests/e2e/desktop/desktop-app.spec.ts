import { ON_STAND_IN, replicaPid, startAgain } from './launch-desktop.ts'
import { chooseInMenu, declareInDialog, expect, readRecord, setUp, test, watchFaults } from './desktop-test.ts'
import { keepPicture } from '../keep-picture.ts'

const TITLE = '空气净化器起火视频'

test('first run, an incident declared from the menu, quit: all is there at the next start', async ({ desktop }) => {
  const first = await desktop.launch()
  const faults = watchFaults(first.page)
  await setUp(first.page)
  await chooseInMenu(first, 'declare')
  await declareInDialog(first.page, TITLE)
  await expect(first.page.getByText(TITLE).first()).toBeVisible()
  expect(faults).toEqual([])
  expect(await first.quit()).toBe(0)

  const second = await desktop.launch()
  await expect(second.page.getByText(TITLE).first()).toBeVisible()
  expect(await second.quit()).toBe(0)
})

test('a power cut right after the declaration loses nothing', async ({ desktop }) => {
  const first = await desktop.launch()
  await setUp(first.page)
  await chooseInMenu(first, 'declare')
  await declareInDialog(first.page, TITLE)
  await first.kill()

  const second = await desktop.launch()
  await expect(second.page.getByText(TITLE).first()).toBeVisible()
})

test('a second start shows the first window instead, at the incident it asks for', async ({ desktop }) => {
  const app = await desktop.launch()
  await setUp(app.page)
  await chooseInMenu(app, 'declare')
  await declareInDialog(app.page, TITLE)
  await app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide(), null)

  expect(await startAgain({ dataFolder: desktop.dataFolder })).toBe(0)
  const isVisible = () => app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible(), null)
  await expect.poll(isVisible).toBe(true)

  const wanted = '0198c1a2-7e55-7c3a-9d2e-3f1b2a4c5d6e'
  expect(await startAgain({ dataFolder: desktop.dataFolder, args: ['--incident=../../etc/passwd'] })).toBe(0)
  expect(await startAgain({ dataFolder: desktop.dataFolder, args: [`--incident=${wanted}`] })).toBe(0)
  await expect(app.page).toHaveURL(new RegExp(`#/incidents/${wanted}$`))
  expect(await app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null)).toBe(1)
})

test('a first start can ask for an incident too', async ({ desktop }) => {
  const wanted = '0198c1a2-7e55-7c3a-9d2e-3f1b2a4c5d6e'
  const first = await desktop.launch()
  await setUp(first.page)
  expect(await first.quit()).toBe(0)
  const { page } = await desktop.launch(`--incident=${wanted}`)
  await expect(page).toHaveURL(new RegExp(`#/incidents/${wanted}$`))
})

test('the window opens where it stood, and maximised if it was', async ({ desktop }) => {
  const bounds = { x: 60, y: 40, width: 1100, height: 720 }
  const first = await desktop.launch()
  await first.inMain(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted), bounds)
  expect(await first.quit()).toBe(0)

  const second = await desktop.launch()
  expect(await second.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds(), null)).toEqual(bounds)
  await second.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize(), null)
  expect(await second.quit()).toBe(0)

  const third = await desktop.launch()
  expect(await third.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMaximized(), null)).toBe(true)
})

test('the menu speaks the language chosen in the page', async ({ desktop }) => {
  const app = await desktop.launch()
  const labels = () => app.inMain(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label), null)
  expect(await labels()).toEqual(expect.arrayContaining(['文件', '编辑', '显示', '窗口', '帮助']))
  await app.page.getByText('English', { exact: true }).click()
  await expect.poll(labels).toEqual(expect.arrayContaining(['File', 'Edit', 'View', 'Window', 'Help']))
})

test('settings, search and shortcuts open from the menu', async ({ desktop }) => {
  const app = await desktop.launch()
  await setUp(app.page)
  await chooseInMenu(app, 'settings')
  await expect(app.page).toHaveURL(/#\/settings$/)
  await chooseInMenu(app, 'shortcuts')
  await expect(app.page.getByRole('dialog')).toBeVisible()
  await app.page.keyboard.press('Escape')
  await expect(app.page.getByRole('dialog')).toBeHidden()
  await chooseInMenu(app, 'search')
  await expect(app.page.getByRole('textbox', { name: '搜索全部内容' })).toBeFocused()
})

test('the replica process dies: it is started again, and the page goes on by itself', async ({ desktop }) => {
  const app = await desktop.launch()
  await setUp(app.page)
  await chooseInMenu(app, 'declare')
  await declareInDialog(app.page, TITLE)
  for (const again of [1, 2]) {
    const died = await replicaPid(app)
    process.kill(died, 'SIGKILL')
    await expect.poll(() => replicaPid(app)).not.toBe(died)
    const title = `${TITLE} ${again}`
    await chooseInMenu(app, 'declare')
    // The page may not have a replica yet; the declaration is retried until it succeeds.
    await declareInDialog(app.page, title)
    await expect(app.page.getByText(title).first()).toBeVisible()
  }
  await chooseInMenu(app, 'settings')
  expect(await app.quit()).toBe(0)
})

test('the tray shows the next clock; a notice that is chosen opens its place, a text of the library too', async ({ desktop }) => {
  test.skip(!ON_STAND_IN, 'the real tray and notices cannot be read back')
  const app = await desktop.launch()
  await setUp(app.page)
  expect((await readRecord(app, 'trays')).map(({ toolTip }) => toolTip)).toEqual(['定风波'])
  await chooseInMenu(app, 'declare')
  await declareInDialog(app.page, TITLE)
  await expect.poll(async () => (await readRecord(app, 'trays'))[0]?.toolTip).toContain(TITLE)
  const id = '0198c1a2-7e55-7c3a-9d2e-3f1b2a4c5d6e'
  for (const [index, place] of [`/incidents/${id}`, `/wording/${id}`].entries()) {
    expect(
      await app.page.evaluate((where) => window.stormroom?.notify({ title: '首次响应已超时', body: '一级', place: where }), place),
    ).toBe(true)
    await app.inMain(
      (electron, nth) => (electron as unknown as { record: { notices: { click(): void }[] } }).record.notices[nth]?.click(),
      index,
    )
    await expect(app.page).toHaveURL(new RegExp(`#${place}$`))
  }
})

test('the demo opens in the window and the data are there on the way back; a replica that dies meanwhile does not mix them', async ({
  desktop,
}) => {
  const app = await desktop.launch()
  await setUp(app.page)
  await chooseInMenu(app, 'declare')
  await declareInDialog(app.page, TITLE)
  // The page of the incident opens first; a palette opened before that may close with the page it was on.
  await expect(app.page.getByRole('region', { name: '时限' })).toBeVisible()
  await app.page.keyboard.press('Control+k')
  await app.page.keyboard.type('打开演示')
  await expect(app.page.getByRole('dialog', { name: '命令面板' }).getByRole('button', { name: '打开演示', exact: true })).toBeVisible()
  await app.page.keyboard.press('Enter')
  const bar = app.page.getByRole('region', { name: '演示', exact: true })
  await expect(bar).toBeVisible({ timeout: 60_000 })
  await expect(app.page.getByText(TITLE)).toHaveCount(0)

  process.kill(await replicaPid(app), 'SIGKILL')
  // The demo is rebuilt with new incident ids; find its incident from the dashboard.
  await app.page.getByRole('link', { name: '指挥台' }).click()
  await expect(
    app.page
      .getByRole('main')
      .getByRole('link', { name: /清屿 Q3/ })
      .first(),
  ).toBeVisible({ timeout: 60_000 })
  await expect(app.page.getByText(TITLE)).toHaveCount(0)
  await keepPicture(app.page, 'desktop')

  await bar.getByRole('button', { name: /^回到真实数据/ }).click()
  await expect(app.page.getByText(TITLE).first()).toBeVisible()
  await expect(bar).toHaveCount(0)
  expect(await app.quit()).toBe(0)
})
