import { maskPersonal, personalSpots, placeInMasked } from '#domain/privacy/mask-personal.ts'
import { wholeValue } from '#domain/search/whole-values.ts'

const BEFORE = 30
const AFTER = 90
/** How far an excerpt extends to avoid cutting a word, time or number. Characters. */
const REACH = 16

/** A text in its searched form, and for each of its code units the position in the original. */
function fold(text: string): { folded: string; at: number[] } {
  let folded = ''
  const at: number[] = []
  for (let place = 0; place < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(place) ?? 0)
    const plain = character.normalize('NFKC').toLowerCase()
    for (let unit = 0; unit < plain.length; unit += 1) at.push(place)
    folded += plain
    place += character.length
  }
  at.push(text.length)
  return { folded, at }
}

function placesOf(text: string, words: readonly string[]): [number, number][] {
  const { folded, at } = fold(text)
  return words.flatMap((typed) => {
    const word = typed.normalize('NFKC').toLowerCase()
    const places: [number, number][] = []
    if (word === '') return places
    for (let found = folded.indexOf(word); found >= 0; found = folded.indexOf(word, found + word.length)) {
      const last = at[found + word.length - 1] ?? 0
      places.push([at[found] ?? 0, Math.max(at[found + word.length] ?? text.length, last + 1)])
    }
    return places
  })
}

/** Positions of the masks whose whole value was typed. */
function masksOf(text: string, typed: string): [number, number][] {
  const keys = new Set(
    [typed, ...typed.split(/\s+/u), ...personalSpots(typed).map(({ from, to }) => typed.slice(from, to))].map(wholeValue),
  )
  const spots = personalSpots(text)
  return spots.flatMap(({ from, to }): [number, number][] =>
    keys.has(wholeValue(text.slice(from, to))) ? [[placeInMasked(spots, from, 'from'), placeInMasked(spots, to, 'to')]] : [],
  )
}

const JOINED = /[\p{Nd}A-Za-z:：.,*@\-/~%]/u

/** Whether a position lies inside a word, time or number. */
function isWithin(text: string, place: number): boolean {
  const [before, after] = [text[place - 1] ?? '', text[place] ?? '']
  return (
    (JOINED.test(before) && JOINED.test(after)) ||
    (/[\ud800-\udbff]/.test(before) && /[\udc00-\udfff]/.test(after)) ||
    /\u200d|\ufe0f|\u20e3/.test(after)
  )
}

function startAt(text: string, place: number): number {
  let start = Math.max(0, place)
  for (let step = 0; step < REACH && start > 0 && isWithin(text, start); step += 1) start -= 1
  return start
}

function endAt(text: string, place: number): number {
  let end = Math.min(text.length, place)
  for (let step = 0; step < REACH && end < text.length && isWithin(text, end); step += 1) end += 1
  return end
}

/**
 * The part of an entity's texts around the first word found, masked and on one line, with the positions of the words. A number
 * or address that was typed completely marks its mask.
 */
export function excerptOf(texts: readonly string[], typed: string): { excerpt: string; marks: [number, number][] } {
  const words = typed.split(/\s+/u).filter((word) => word !== '')
  let whole = ''
  const found: [number, number][] = []
  for (const text of texts) {
    const shift = whole.length
    const masked = maskPersonal(text)
    for (const [from, to] of [...placesOf(masked, words), ...masksOf(text, typed)]) found.push([from + shift, to + shift])
    whole += `${masked}\n`
  }
  whole = whole.slice(0, -1)
  const places = found.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])
  const start = startAt(whole, (places[0]?.[0] ?? 0) - BEFORE)
  const end = endAt(whole, start + BEFORE + AFTER)
  let last = start
  const marks = places.flatMap(([from, to]): [number, number][] => {
    if (to > end || from < last) return []
    last = to
    return [[from - start, to - start]]
  })
  return { excerpt: whole.slice(start, end).replaceAll(/\s/gu, ' '), marks }
}
