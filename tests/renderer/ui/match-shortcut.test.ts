import { matchesShortcut, shortcutParts, type Keystroke } from '#ui/commands/match-shortcut.ts'
import { expect, test } from 'vitest'

// UX rule 4: each act has a key.

function stroke(key: string, held: Partial<Keystroke> = {}): Keystroke {
  return {
    key,
    code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...held,
  }
}

test.each<[string, Keystroke, boolean, boolean]>([
  ['N', stroke('n'), false, true],
  ['N', stroke('N', { shiftKey: true }), false, false],
  ['N', stroke('n', { ctrlKey: true }), false, false],
  ['N', stroke('n', { altKey: true }), false, false],
  // A Chinese input method reports its own key value; the physical key is still N.
  ['N', stroke('Process', { code: 'KeyN' }), false, true],
  // Dvorak: the physical N key of QWERTY types B; Cyrillic layouts type no Latin letters.
  ['N', stroke('b', { code: 'KeyN' }), false, false],
  ['N', stroke('т', { code: 'KeyN' }), false, true],
  ['mod+K', stroke('k', { ctrlKey: true }), false, true],
  ['mod+K', stroke('k', { metaKey: true }), false, false],
  ['mod+K', stroke('k', { metaKey: true }), true, true],
  ['mod+K', stroke('k', { ctrlKey: true }), true, false],
  ['mod+Shift+D', stroke('D', { ctrlKey: true, shiftKey: true }), false, true],
  ['mod+Shift+D', stroke('d', { ctrlKey: true }), false, false],
  ['?', stroke('?', { shiftKey: true }), false, true],
  ['?', stroke('/'), false, false],
  ['ArrowDown', stroke('ArrowDown'), false, true],
  ['ArrowDown', stroke('ArrowDown', { shiftKey: true }), false, false],
  ['1', stroke('1'), false, true],
  ['1', stroke('!', { code: 'Digit1', shiftKey: true }), false, false],
  ['Shift+1', stroke('!', { code: 'Digit1', shiftKey: true }), false, true],
  ['Shift+1', stroke('！', { code: 'Digit1', shiftKey: true }), false, true],
  ['Shift+1', stroke('1', { code: 'Digit1' }), false, false],
])('%s for %o on a Mac %s: %s', (shortcut, keys, mac, expected) => {
  expect(matchesShortcut(keys, shortcut, mac)).toBe(expected)
})

test('shortcuts are printed as the keyboard names them', () => {
  expect(shortcutParts('mod+Shift+D', false)).toEqual(['Ctrl', 'Shift', 'D'])
  expect(shortcutParts('mod+Enter', true)).toEqual(['⌘', '↵'])
})
