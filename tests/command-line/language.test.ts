import { expect, test } from 'vitest'
import { chooseLanguage } from '../../src/command-line/language.ts'

test.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'linux', 'en-US', 'zh-Hans'],
  [{ LANG: 'zh' }, 'linux', 'en-US', 'zh-Hans'],
  [{ LANG: 'en_GB.UTF-8' }, 'linux', 'zh-CN', 'en'],
  [{ LANG: 'de_DE.UTF-8' }, 'linux', 'de-DE', 'en'],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' }, 'linux', 'en-US', 'zh-Hans'],
  [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_US.UTF-8' }, 'linux', 'en-US', 'en'],
  [{}, 'linux', 'en-US', 'zh-Hans'],
  [{ LANG: 'C.UTF-8' }, 'linux', 'en-US', 'zh-Hans'],
  [{ LANG: 'POSIX', LC_ALL: '' }, 'linux', 'en-US', 'zh-Hans'],
  [{}, 'win32', 'zh-CN', 'zh-Hans'],
  [{}, 'win32', 'en-US', 'en'],
  [{}, 'darwin', 'en-CN', 'en'],
] as const)('%j on %s with %s speaks %s', (env, platform, locale, language) => {
  expect(chooseLanguage(env, platform, locale)).toBe(language)
})
