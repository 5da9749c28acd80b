import { isHeard, workingKeys, type Command } from '#ui/commands/command.ts'
import { expect, test } from 'vitest'

// UX rule 4: each act has a key; a displayed key does what it says.

function command(id: string, shortcut: string | string[], disabled = false): Command {
  return { id, label: id, shortcut, disabled, run: () => {} }
}

test('of two commands with one key only the later keeps it; the earlier keeps its other key', () => {
  expect(workingKeys([command('desk', ['Shift+1', '1']), command('overview', '1')])).toEqual(
    new Map([
      ['desk', ['Shift+1']],
      ['overview', ['1']],
    ]),
  )
})

test('a command that cannot run now takes no key away, and keeps its own where nobody takes it', () => {
  expect(workingKeys([command('compose', 'E'), command('edit', 'E', true), command('undo', 'Z', true)])).toEqual(
    new Map([
      ['compose', ['E']],
      ['edit', []],
      ['undo', ['Z']],
    ]),
  )
})

test('a key with Ctrl or ⌘ runs also while the user types; behind a dialog only if it does not act on the page', () => {
  const typing = { dialog: false, ownKey: true }
  const dialog = { dialog: true, ownKey: true }
  expect(['mod+K', 'N'].map((shortcut) => isHeard({}, shortcut, typing))).toEqual([true, false])
  expect(['mod+K', 'N'].map((shortcut) => isHeard({}, shortcut, dialog))).toEqual([true, false])
  expect([typing, dialog].map((state) => isHeard({ ofPage: true }, 'mod+S', state))).toEqual([true, false])
})
