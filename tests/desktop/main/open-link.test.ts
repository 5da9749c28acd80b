import type { BrowserWindow, Dialog, Shell } from 'electron'
import { openLink, parseLink } from '../../../src/desktop/main/open-link.ts'
import { wordsIn } from '../../../src/desktop/main/words.ts'
import { expect, test } from 'vitest'
import { LINKS_OPENED, LINKS_REFUSED } from '../links.ts'

test('reliability study 9.15: only https, mailto and tel addresses can be opened', () => {
  expect(LINKS_OPENED.length + LINKS_REFUSED.length).toBeGreaterThanOrEqual(40)
  for (const [text, opened] of LINKS_OPENED) expect([text, parseLink(text)]).toEqual([text, opened])
  for (const text of LINKS_REFUSED) expect([text.slice(0, 60), parseLink(text)]).toEqual([text.slice(0, 60), null])
})

/** A dialog that answers with the button of this number, and a shell that records what it is asked to open. */
function outside(button: number) {
  const questions: string[] = []
  const opened: string[] = []
  const dialog = {
    showMessageBox: (_window: unknown, options: { detail: string }) => {
      questions.push(options.detail)
      return Promise.resolve({ response: button, checkboxChecked: false })
    },
  } as unknown as Dialog
  const shell = {
    openExternal: (address: string) => {
      opened.push(address)
      return Promise.resolve()
    },
  } as unknown as Shell
  return { questions, opened, parts: { window: {} as BrowserWindow, dialog, shell, words: wordsIn('zh-Hans') } }
}

test('an address is shown whole and opened only after a yes', async () => {
  const yes = outside(0)
  expect(await openLink('https://weibo.com/1?x=1', yes.parts)).toBe(true)
  expect([yes.questions, yes.opened]).toEqual([['https://weibo.com/1?x=1'], ['https://weibo.com/1?x=1']])
  const no = outside(1)
  expect(await openLink('https://weibo.com/1?x=1', no.parts)).toBe(false)
  expect([no.questions.length, no.opened]).toEqual([1, []])
})

test('reliability study 9.15: an address that is refused is not even asked about', async () => {
  const yes = outside(0)
  for (const text of LINKS_REFUSED) expect(await openLink(text, yes.parts)).toBe(false)
  expect([yes.questions, yes.opened]).toEqual([[], []])
})
