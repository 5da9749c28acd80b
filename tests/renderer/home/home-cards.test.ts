import { expect, test } from 'vitest'
import { cardsWith } from '../../../src/renderer/features/home/cards-with.ts'

const CARDS = [{ id: 'all', drills: true }, { id: 'real' }]
const shown = (modes: readonly ('real' | 'drill')[]) =>
  cardsWith(
    CARDS,
    modes.map((mode) => ({ mode })),
  ).map(({ card, incidents }) => [card.id, incidents.length])

test('in a drill only, the cards that show drills are drawn, and no other', () => {
  expect(shown(['drill'])).toEqual([['all', 1]])
  expect(shown(['real', 'drill'])).toEqual([
    ['all', 2],
    ['real', 1],
  ])
  expect(shown([])).toEqual([])
})
