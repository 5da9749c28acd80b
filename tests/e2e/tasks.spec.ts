import { expect, test, type App } from './app.ts'

async function declare(app: App): Promise<string> {
  const made = await (
    await app.client()
  ).call('incidents.declare', { title: '净化器起火视频', type: 'product-problem', level: 1, stage: 'platform-spread' })
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  return made.value.id
}

test('OR-11, 002-09: the plan for the type of incident brings its tasks; by key a task begins, is ticked off, done, and undone', async ({
  app,
}) => {
  await app.setUp()
  const incidentId = await declare(app)
  const { page } = app
  await page.goto(`${app.origin}#/incidents/${incidentId}?side=tasks`)
  await page.getByRole('button', { name: /启用预案：产品安全与召回预案/ }).click()
  const panel = page.getByRole('tabpanel')
  const first = panel.locator('[data-stop]').first()
  await expect(first).toBeVisible()

  await page.keyboard.press('t')
  await expect(first).toBeFocused()
  await page.keyboard.press(' ')
  await expect(page.getByText(/已开始/)).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('j')
  const item = panel.getByRole('checkbox').first()
  await expect(item).toBeFocused()
  await page.keyboard.press(' ')
  await expect(item).toBeChecked()
  await page.keyboard.press('k')
  await expect(first).toBeFocused()
  await page.keyboard.press(' ')
  const done = page.getByRole('alert').filter({ hasText: '已完成' })
  await expect(done).toBeVisible()
  await expect(panel.getByText('1/', { exact: false }).first()).toBeVisible()
  await done.getByRole('button', { name: '撤销' }).click()
  const firstTask = async () => {
    const tasks = await (await app.client()).call('tasks.list', { incidentId })
    return tasks.ok ? tasks.value[0] : undefined
  }
  await expect
    .poll(firstTask)
    .toMatchObject({ progress: 'doing', checklist: expect.arrayContaining([expect.objectContaining({ done: true })]) })
})

test('a task by hand takes a title and Enter; dropping asks why; what waits says for what', async ({ app }) => {
  await app.setUp()
  const incidentId = await declare(app)
  const client = await app.client()
  const { page } = app
  await page.goto(`${app.origin}#/incidents/${incidentId}?side=tasks`)
  await expect(page.getByText('还没有任务')).toBeVisible()
  await page.keyboard.press('a')
  await page.keyboard.type('封存样机')
  await page.keyboard.press('Enter')
  await page.keyboard.type('登报致歉')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '登报致歉' })).toBeVisible()

  const tasks = await client.call('tasks.list', { incidentId })
  if (!tasks.ok) throw new Error('no tasks')
  const [seal, print] = tasks.value
  await client.call('tasks.revise', { incidentId, taskId: print?.id ?? '', change: { blockedBy: [seal?.id ?? ''] } })
  const waiting = page.getByRole('button', { name: /登报致歉.*待前置 1 项/ })
  await waiting.focus()
  await page.keyboard.press(' ')
  await expect(page.getByRole('alert').filter({ hasText: '1' })).toBeVisible()

  await page.keyboard.press('d')
  await page.getByRole('button', { name: '确认取消' }).click()
  await expect(page.getByText('请写明为什么取消。')).toBeVisible()
  await page.getByRole('textbox', { name: '取消的原因' }).fill('改为线上公告')
  await page.keyboard.press('Enter')
  await expect
    .poll(async () => await client.call('tasks.list', { incidentId }))
    .toMatchObject({ ok: true, value: [{ progress: 'todo' }, { progress: 'dropped', note: '改为线上公告' }] })
})

test('when a task is due is typed as people say it; what is no time is said and never saved', async ({ app }) => {
  await app.setUp()
  const incidentId = await declare(app)
  const { page } = app
  await page.goto(`${app.origin}#/incidents/${incidentId}?side=tasks`)
  const panel = page.getByRole('tabpanel')
  await panel.getByRole('textbox', { name: '新任务' }).fill('更新话术')
  await panel.getByRole('button', { name: '更多' }).click()
  const due = panel.getByRole('textbox', { name: '截止' })
  await due.fill('尽快')
  await expect(panel.getByText('看不懂这个时间。')).toBeVisible()
  await due.press('Enter')
  const tasks = async () => {
    const listed = await (await app.client()).call('tasks.list', { incidentId })
    return listed.ok
      ? listed.value.map(({ title, dueAt }) => [
          title,
          dueAt === null ? null : new Date(dueAt).toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', timeStyle: 'short' }),
        ])
      : []
  }
  await expect(due).toHaveValue('尽快')
  expect(await tasks()).toEqual([])
  await due.fill('明早 8 点')
  await expect(panel.getByText('看不懂这个时间。')).toHaveCount(0)
  await due.press('Enter')
  await expect.poll(tasks).toEqual([['更新话术', '08:00']])
})

test('a long list is read on by key and by scrolling; counts and phase heads are of all tasks, and a linked task is there at once', async ({
  app,
}) => {
  await app.setUp()
  const incidentId = await declare(app)
  const client = await app.client()
  const rest = { detail: '', department: null, owner: '', dueAt: null, checklist: [], blockedBy: [] }
  let last = ''
  for (let index = 1; index <= 230; index += 1) {
    const made = await client.call('tasks.create', {
      incidentId,
      task: { ...rest, title: `回电 ${index}`, phase: index > 150 ? '收尾' : '处置' },
    })
    if (made.ok) last = made.value.id
  }
  const { page } = app
  await page.goto(`${app.origin}#/incidents/${incidentId}?side=tasks&task=${last}`)
  const panel = page.getByRole('tabpanel')
  await expect(panel.getByRole('radio', { name: '未完成 230' })).toBeChecked()
  await expect(panel.getByText('0/150')).toBeVisible()
  const linked = panel.locator(`#task-${last}`)
  await expect(linked).toHaveAttribute('aria-expanded', 'true')
  const more = panel.getByRole('button', { name: '已显示 100 项，共 230 项' })
  await expect(more).toBeAttached()
  await panel.getByRole('button', { name: /^回电 100( |$)/ }).focus()
  await page.keyboard.press('j')
  await expect(panel.getByRole('button', { name: /^回电 101( |$)/ })).toBeAttached()
  await page.keyboard.press('j')
  await expect(panel.locator(':focus')).toHaveText(/回电 10[12]/)
  await expect(async () => {
    await panel.locator('[data-stop]').last().scrollIntoViewIfNeeded()
    await expect(panel.getByText('0/80')).toBeVisible({ timeout: 500 })
    await expect(panel.getByRole('button', { name: /^已显示/ })).toHaveCount(0, { timeout: 500 })
  }).toPass()
  await expect(panel.locator(`#task-${last}`)).toHaveCount(1)
})
