import { expect, test } from 'vitest'
import { leaveKeysToTheInputMethod } from '../../../../src/renderer/ui/keys/input-method.ts'

function press(key: string, state: { isComposing?: boolean; keyCode?: number }, type = 'keydown') {
  const window = new EventTarget()
  leaveKeysToTheInputMethod(window)
  let heard = 0
  window.addEventListener(type, () => (heard += 1), { capture: true })
  const event = Object.assign(new Event(type, { cancelable: true }), { key, isComposing: false, keyCode: 0, ...state })
  window.dispatchEvent(event)
  return { heard, prevented: event.defaultPrevented }
}

test('a key that an input method takes is heard by nobody else, whichever way the browser says it', () => {
  for (const type of ['keydown', 'keypress', 'keyup']) {
    for (const key of ['Enter', 'Escape', 'ArrowDown', 'Tab', 'e', 'Process']) {
      expect(press(key, { isComposing: true }, type).heard).toBe(0)
      // In Safari, the key that ends the composition.
      expect(press(key, { keyCode: 229 }, type).heard).toBe(0)
    }
  }
})

test('what Enter and Escape do by themselves in a field is held back; other keys go on to the input method untouched', () => {
  expect(press('Enter', { isComposing: true }).prevented).toBe(true)
  expect(press('Escape', { keyCode: 229 }).prevented).toBe(true)
  expect(press('ArrowDown', { isComposing: true }).prevented).toBe(false)
  expect(press('n', { isComposing: true }).prevented).toBe(false)
})

test('all other keys pass', () => {
  expect(press('Enter', { keyCode: 13 })).toEqual({ heard: 1, prevented: false })
  expect(press('Escape', { keyCode: 27 })).toEqual({ heard: 1, prevented: false })
})
