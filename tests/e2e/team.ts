import type { CallInput } from '#contract/api.ts'
import type { MemberRole } from '#domain/members/member.ts'
import { test as base, withApp, type App } from './app.ts'

export const PASSWORD = 'drei-kurze-wellen'
export const TEAM = '清泉应急组'

/** Two processes on two data folders: `app` hosts the hub, `guest` is a fresh machine. */
export const test = base.extend<{ guest: App }>({
  guest: async ({ browser }, use) => {
    const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1440, height: 900 } })
    await withApp(await context.newPage(), async (guest) => {
      await guest.open()
      await use(guest)
    })
    await context.close()
  },
})

/** Sets up 林舟 as commander who hosts the team. */
export async function hostTeam(app: App): Promise<void> {
  await app.setUp()
  const hosted = await (await app.client()).call('membership.host', { teamName: TEAM, port: 0, login: 'lin', password: PASSWORD })
  if (!hosted.ok) throw new Error(hosted.failure.code)
}

/** The code of a new invite. */
export async function invite(app: App, role: MemberRole = 'legal', more: Partial<CallInput<'team.invite'>> = {}): Promise<string> {
  const made = await (await app.client()).call('team.invite', { role, vendor: null, note: '', hours: 24, ...more })
  if (!made.ok) throw new Error(made.failure.code)
  return made.value.code
}

/** The guest's machine joins through the contract; then its page shows the app. */
export async function join(app: App, guest: App, who: { name?: string; login?: string; role?: MemberRole } = {}): Promise<void> {
  const code = await invite(app, who.role ?? 'legal')
  const joined = await (
    await guest.client()
  ).call('membership.join', {
    code,
    name: who.name ?? '周敏',
    login: who.login ?? 'zhou',
    password: PASSWORD,
    device: '会议室电脑',
    language: 'zh-Hans',
  })
  if (!joined.ok) throw new Error(joined.failure.code)
  await guest.page.goto(guest.origin)
}

export { expect } from './app.ts'
