import type { CallInput, CallOutput } from '#contract/api.ts'
import type { Locator, Page } from '@playwright/test'
import { expect, type App } from './app.ts'

/** Declares an incident through the contract and opens its room. */
export async function openRoom(
  app: App,
  declaration: Partial<CallInput<'incidents.declare'>> = {},
): Promise<CallOutput<'incidents.declare'>> {
  const client = await app.client()
  const declared = await client.call('incidents.declare', {
    title: '空气净化器起火视频',
    type: 'product-problem',
    level: 1,
    stage: 'platform-spread',
    known: '机型 AP-3，批次待核实。',
    ...declaration,
  })
  if (!declared.ok) throw new Error(declared.failure.code)
  await app.page.goto(`${app.origin}#/incidents/${declared.value.id}`)
  await expect(app.page.getByRole('heading', { level: 1 })).toContainText(declared.value.title)
  return declared.value
}

/** Records an entry through the contract, for tests of something else. */
export async function record(
  app: App,
  incidentId: string,
  entry: Omit<CallInput<'timeline.record'>, 'incidentId'>,
): Promise<CallOutput<'timeline.record'>> {
  const written = await (await app.client()).call('timeline.record', { incidentId, ...entry })
  if (!written.ok) throw new Error(written.failure.code)
  return written.value
}

/** The row of the timeline that contains these words. */
export function entryRow(page: Page, words: string): Locator {
  return page.getByRole('feed').getByRole('article').filter({ hasText: words })
}

/** The side panel with the open entry. */
export function openEntry(page: Page): Locator {
  return page.getByRole('complementary').getByRole('article')
}

/** The text field for a new entry. */
export function composerText(page: Page): Locator {
  return page.getByRole('region', { name: '写入时间线' }).getByRole('textbox', { name: '内容', exact: true })
}
