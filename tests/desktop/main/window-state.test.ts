import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { placeWindow, readWindowState, SMALLEST_WINDOW, writeWindowState } from '../../../src/desktop/main/window-state.ts'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'

const LAPTOP = { x: 0, y: 0, width: 1440, height: 860 }
const MONITOR = { x: 1440, y: -200, width: 2560, height: 1400 }

async function stateFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'window-state-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'window.json')
}

test('a place is remembered, and no half-written file is left', async () => {
  const file = await stateFile()
  const state = { x: -40, y: 12, width: 1200, height: 700, maximized: true }
  expect(readWindowState(file)).toBeNull()
  expect(writeWindowState(file, state)).toBe(true)
  expect(readWindowState(file)).toEqual(state)
  expect(await readdir(join(file, '..'))).toEqual(['window.json'])
})

test('a file that cannot be understood counts as none', async () => {
  const file = await stateFile()
  const wrong = [
    '',
    '{',
    'null',
    '[]',
    '{"x":0}',
    '{"x":"0","y":0,"width":1200,"height":700,"maximized":false}',
    '{"x":0,"y":0,"width":1e9,"height":700,"maximized":false}',
    '{"x":0,"y":0,"width":1200,"height":700,"maximized":false,"more":1}',
    '\0',
  ]
  for (const text of wrong) {
    await writeFile(file, text)
    expect([text, readWindowState(file)]).toEqual([text, null])
  }
})

test('a place that cannot be written does not throw', () => {
  expect(
    writeWindowState(join(tmpdir(), 'no', 'such', 'folder', 'window.json'), { x: 0, y: 0, width: 1000, height: 700, maximized: false }),
  ).toBe(false)
})

test('the first window is centred; a remembered one returns to its display', () => {
  expect(placeWindow(null, [LAPTOP])).toEqual({ x: 80, y: 30, width: 1280, height: 800, maximized: false })
  const onMonitor = { x: 2000, y: 0, width: 1200, height: 900, maximized: false }
  expect(placeWindow(onMonitor, [LAPTOP, MONITOR])).toEqual(onMonitor)
  expect(placeWindow(onMonitor, [LAPTOP])).toEqual({ x: 120, y: 0, width: 1200, height: 860, maximized: false })
})

test('whatever was remembered, the window opens with its title bar within reach and not larger than its display', () => {
  const pixels = fc.integer({ min: -100_000, max: 100_000 })
  const size = fc.integer({ min: 100, max: 100_000 })
  fc.assert(
    fc.property(fc.record({ x: pixels, y: pixels, width: size, height: size, maximized: fc.boolean() }), (state) => {
      const placed = placeWindow(state, [LAPTOP, MONITOR])
      const area = [LAPTOP, MONITOR].find(
        ({ x, y, width, height }) => placed.y >= y && placed.y < y + height && placed.x < x + width && placed.x + placed.width > x,
      )
      expect(area).toBeDefined()
      expect(placed.width).toBeLessThanOrEqual(area?.width ?? 0)
      expect(placed.height).toBeLessThanOrEqual(area?.height ?? 0)
      expect(placed.width).toBeGreaterThanOrEqual(SMALLEST_WINDOW.width)
    }),
    { seed: 31 },
  )
})
