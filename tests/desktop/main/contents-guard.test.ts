import { EventEmitter } from 'node:events'
import type { WebContents } from 'electron'
import { guardContents } from '../../../src/desktop/main/contents-guard.ts'
import { expect, test } from 'vitest'
import { LINKS_OPENED, LINKS_REFUSED } from '../links.ts'

const ELSEWHERE = [
  ...LINKS_REFUSED.filter((link) => link !== 'app://stormroom/'),
  ...LINKS_OPENED.map(([link]) => link),
  'app://stormroom',
  'app://stormroom/assets/entry.js',
  'app://stormroom/index.html',
  'app://other/',
  'app://stormroom.evil/',
]

function guarded() {
  const refused: string[] = []
  let open: (details: { url: string }) => object = () => ({})
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: (handler: typeof open) => void (open = handler) })
  guardContents(contents as unknown as WebContents, (what) => void refused.push(what))
  const isPrevented = (event: string, details: object, ...more: unknown[]) => {
    let prevented = false
    contents.emit(event, { ...details, preventDefault: () => (prevented = true) }, ...more)
    return prevented
  }
  return { isPrevented, open: (url: string) => open({ url }), refused }
}

test('reliability study 9.13: the page cannot be led to another address, by itself, in a frame or by a redirect', () => {
  const { isPrevented } = guarded()
  expect(ELSEWHERE.length).toBeGreaterThan(30)
  for (const url of ELSEWHERE) {
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'])
      expect([event, url, isPrevented(event, { url, isMainFrame: true })]).toEqual([event, url, true])
  }
  expect(isPrevented('will-frame-navigate', { url: 'app://stormroom/', isMainFrame: false })).toBe(true)
  expect(isPrevented('will-redirect', { url: 'app://stormroom/', isMainFrame: true })).toBe(true)
})

test('the page may reload itself at any place in it', () => {
  const { isPrevented, refused } = guarded()
  for (const url of ['app://stormroom/', 'app://stormroom/#/incidents/1']) {
    for (const event of ['will-navigate', 'will-frame-navigate']) expect(isPrevented(event, { url, isMainFrame: true })).toBe(false)
  }
  expect(refused).toEqual([])
})

test('reliability study 9.14: no second window, whatever its address', () => {
  const { open, refused } = guarded()
  const addresses = [...ELSEWHERE, 'app://stormroom/', 'about:blank']
  for (const url of addresses) expect(open(url)).toEqual({ action: 'deny' })
  expect(refused).toHaveLength(addresses.length)
})

test('reliability study 9.12: no webview', () => {
  const { isPrevented } = guarded()
  expect(isPrevented('will-attach-webview', {}, {}, { src: 'https://example.com' })).toBe(true)
})
