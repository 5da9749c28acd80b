import { expect, test } from 'vitest'
import { NAV_GROUPS, NAV_ITEMS, navKeys } from '../../../src/renderer/app/nav-items.ts'

test('the numbers of the places run down the rail as it is shown, by group, and end with nine', () => {
  const shown = NAV_GROUPS.flatMap((group) => NAV_ITEMS.filter((item) => item.group === group))
  expect(shown).toEqual([...NAV_ITEMS])
  expect(new Set(NAV_ITEMS.map(({ path }) => path)).size).toBe(NAV_ITEMS.length)
  expect([navKeys(0), navKeys(8), navKeys(9)]).toEqual([['Shift+1', '1'], ['Shift+9', '9'], []])
})
