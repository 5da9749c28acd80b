import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { CallOutput } from '#contract/api.ts'
import { createBrowser } from '#tests/support/company-provider.ts'
import { openCompanyTeam } from '#tests/support/company-team.ts'
import { openWorkspaceUnderTest, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const WHERE = { device: '会议室电脑', language: 'zh-Hans' } as const

async function openTeam() {
  const team = await openCompanyTeam(makeTempFolder('company-hub', 'quick'), '清风小组', '清风账号', true)
  onTestFinished(team.close)
  return { ...team, workspace: await openWorkspaceUnderTest(makeTempFolder('company', 'quick')) }
}

/** The user's steps in the browser. */
async function confirm(url: string, account: string): Promise<void> {
  const browser = createBrowser()
  await browser.press(await browser.enter(url, account), 'yes')
}

type Status = CallOutput<'workspace.status'>

async function until(workspace: WorkspaceUnderTest, isSo: (status: Status) => boolean, what: string): Promise<Status> {
  for (let look = 0; look < 1200; look++) {
    const status = await workspace.value('workspace.status', {})
    if (isSo(status)) return status
    await wait(25)
  }
  throw new Error(`Never came to be: ${what}`)
}

const atWork = (workspace: WorkspaceUnderTest) =>
  until(workspace, ({ phase, me }) => phase === 'ready' && me !== null, 'the member is known')

test('a fresh machine joins by an invite and a company account, is signed out, and comes in again by the account alone', async () => {
  const { workspace, hub, address, code } = await openTeam()
  expect(await workspace.value('membership.readInvite', { code })).toMatchObject({
    teamName: '清风小组',
    signInWith: { password: false, openIdConnect: '清风账号' },
  })
  expect(await workspace.failure('membership.join', { code, name: '林', login: 'lin', password: 'lang-genug-und-geheim', ...WHERE })).toBe(
    'oidc-only',
  )
  const begun = await workspace.value('membership.beginCompany', { by: { kind: 'invite', code, name: '林舟' }, ...WHERE })
  // The polling secret stays in the workspace.
  expect(Object.keys(begun).toSorted()).toEqual(['authorizeUrl', 'code', 'expiresAt', 'ticket'])
  expect(await workspace.value('membership.companyOutcome', { ticket: begun.ticket })).toBe('waiting')
  await confirm(begun.authorizeUrl, 'lin')
  expect(await workspace.value('membership.companyOutcome', { ticket: begun.ticket })).toEqual({
    kind: 'joined',
    address,
    teamName: '清风小组',
    fingerprint: null,
    login: '',
  })
  const { me } = await atWork(workspace)
  expect(me).toMatchObject({ name: '林舟', role: 'commander', owner: true })
  expect(await workspace.failure('membership.companyOutcome', { ticket: begun.ticket })).toBe('oidc-expired')
  expect(await workspace.value('team.login', {})).toEqual({
    login: null,
    hasPassword: false,
    company: { name: '清风账号', linked: true, only: true },
  })

  const [session] = await hub.team.accounts.sessions.list(null)
  hub.team.links.endSessions(await hub.team.accounts.sessions.revoke({ id: session?.id ?? '' }), 'session-revoked')
  await until(workspace, ({ phase }) => phase === 'locked', 'the device is locked')
  const by = { kind: 'address', address, fingerprint: null } as const
  expect(await workspace.value('membership.signInWays', { address, fingerprint: null })).toEqual({
    signInWith: { password: false, openIdConnect: '清风账号' },
  })
  const cancelled = await workspace.value('membership.beginCompany', { by, ...WHERE })
  await workspace.value('membership.cancelCompany', { ticket: cancelled.ticket })
  expect(await workspace.failure('membership.companyOutcome', { ticket: cancelled.ticket })).toBe('oidc-expired')
  const stranger = await workspace.value('membership.beginCompany', { by, ...WHERE })
  await confirm(stranger.authorizeUrl, 'fremd').catch(() => {})
  expect(await workspace.failure('membership.companyOutcome', { ticket: stranger.ticket })).toBe('oidc-not-member')
  const again = await workspace.value('membership.beginCompany', { by, ...WHERE })
  await confirm(again.authorizeUrl, 'lin')
  expect(await workspace.value('membership.companyOutcome', { ticket: again.ticket })).toMatchObject({ kind: 'joined' })
  expect((await atWork(workspace)).me?.id).toBe(me?.id)
  expect(workspace.faults).toEqual([])
})
