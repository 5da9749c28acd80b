import type { MenuItemConstructorOptions } from 'electron'
import type { DesktopCommand } from '#contract/desktop-ipc.ts'
import { menuTemplate } from '../../../src/desktop/main/menu.ts'
import { languageOfSystem, wordsIn } from '../../../src/desktop/main/words.ts'
import { expect, test } from 'vitest'

type Entry = MenuItemConstructorOptions

function flatten(entries: readonly Entry[]): Entry[] {
  return entries.flatMap((entry) => [entry, ...(Array.isArray(entry.submenu) ? flatten(entry.submenu) : [])])
}

function menuFor(language: 'zh-Hans' | 'en', options: { isMac?: boolean; isDevelopment?: boolean } = {}) {
  const asked: DesktopCommand[] = []
  const entries = flatten(
    menuTemplate({
      words: wordsIn(language),
      isMac: options.isMac ?? false,
      isDevelopment: options.isDevelopment ?? false,
      ask: (command) => void asked.push(command),
    }),
  )
  return { entries, asked, find: (id: string) => entries.find((entry) => entry.id === id) }
}

test('the menu is whole in both languages: every entry has a label, and none is the same in both', () => {
  for (const isMac of [false, true]) {
    const chinese = menuFor('zh-Hans', { isMac }).entries.filter((entry) => entry.type !== 'separator')
    const english = menuFor('en', { isMac }).entries.filter((entry) => entry.type !== 'separator')
    expect(chinese.map((entry) => entry.id ?? entry.role)).toEqual(english.map((entry) => entry.id ?? entry.role))
    for (const [index, entry] of chinese.entries()) {
      expect(entry.label).toMatch(/\p{Script=Han}/u)
      expect(english[index]?.label).toMatch(/^[A-Za-z]/)
    }
  }
})

test('declare, search, settings and shortcuts ask the page', () => {
  const { find, asked } = menuFor('en')
  for (const id of ['declare', 'search', 'settings', 'shortcuts']) {
    const click = find(id)?.click as (() => void) | undefined
    click?.()
  }
  expect(asked).toEqual([{ do: 'declare' }, { do: 'search' }, { do: 'settings' }, { do: 'shortcuts' }])
  expect(['declare', 'search', 'settings'].map((id) => find(id)?.accelerator)).toEqual([
    'CmdOrCtrl+Shift+D',
    'CmdOrCtrl+Shift+F',
    'CmdOrCtrl+,',
  ])
})

test('no accelerator stands for two entries', () => {
  const keys = menuFor('en', { isDevelopment: true }).entries.flatMap((entry) =>
    entry.accelerator === undefined ? [] : [String(entry.accelerator)],
  )
  expect(new Set(keys).size).toBe(keys.length)
})

test('reload and developer tools exist in development alone', () => {
  const roles = (isDevelopment: boolean) =>
    menuFor('en', { isDevelopment }).entries.flatMap((entry) => (entry.role === undefined ? [] : [entry.role]))
  expect(roles(true)).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']))
  for (const role of ['reload', 'forceReload', 'toggleDevTools'] as const) expect(roles(false)).not.toContain(role)
})

test('macOS has the app menu first, with what belongs there', () => {
  const { entries } = menuFor('en', { isMac: true })
  expect(entries[0]?.label).toBe('Stormroom')
  expect(entries.filter((entry) => entry.id === 'quit')).toHaveLength(1)
})

test('both languages have the same words, and the language of the system is understood', () => {
  const keys = (words: object): string[] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'object' ? keys(value as object).map((inner) => `${key}.${inner}`) : [key],
    )
  expect(keys(wordsIn('en')).toSorted()).toEqual(keys(wordsIn('zh-Hans')).toSorted())
  expect(['zh-CN', 'zh', 'zh-TW', '', 'C', 'en-US', 'de'].map(languageOfSystem)).toEqual([
    'zh-Hans',
    'zh-Hans',
    'zh-Hans',
    'zh-Hans',
    'zh-Hans',
    'en',
    'en',
  ])
})
