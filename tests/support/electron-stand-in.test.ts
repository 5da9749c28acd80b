import { readFileSync } from 'node:fs'
import { StandInMessageChannel } from './electron-stand-in/message-ports.ts'
import { decodeFromPage, encodeForPage } from './electron-stand-in/page-values.ts'
import { expect, test } from 'vitest'

test('messages wait until somebody listens, keep their order, and are copies', () => {
  const { port1, port2 } = new StandInMessageChannel()
  const sent = { bytes: new Uint8Array([1, 2]), at: [1] }
  port1.postMessage(sent)
  sent.at.push(2)
  port1.postMessage('second')
  const heard: unknown[] = []
  port2.on('message', (event: { data: unknown }) => void heard.push(event.data))
  expect(heard).toEqual([])
  port2.start()
  expect(heard).toEqual([{ bytes: new Uint8Array([1, 2]), at: [1] }, 'second'])
})

test('an end that was sent elsewhere passes everything on, and closing one end closes the other', () => {
  const { port1, port2 } = new StandInMessageChannel()
  const there: unknown[] = []
  const here: unknown[] = []
  port1.postMessage('before')
  const sent = port2.moveTo({ deliver: (data) => void there.push(data), closed: () => void there.push('closed') })
  port1.postMessage('after')
  port1.on('message', (event: { data: unknown }) => void here.push(event.data))
  port1.on('close', () => void here.push('closed'))
  port1.start()
  sent.fromThere('back')
  sent.closedThere()
  port1.postMessage('lost')
  expect(there).toEqual(['before', 'after', 'closed'])
  expect(here).toEqual(['back', 'closed'])
})

test('values reach the page and come back as they were', () => {
  const value = {
    text: '定风波',
    none: null,
    missing: undefined,
    list: [1, Number.NaN, Number.POSITIVE_INFINITY],
    bytes: new Uint8Array([0, 255]),
    deep: { a: { b: true } },
  }
  expect(decodeFromPage(JSON.parse(JSON.stringify(encodeForPage(value))))).toEqual(value)
  expect(() => encodeForPage({ run: () => 1 })).toThrow('could not be cloned')
})

test('the stand-in says everywhere that it is one', () => {
  expect(readFileSync(new URL('electron-stand-in/README.md', import.meta.url), 'utf8')).toContain('This is not Electron.')
})
