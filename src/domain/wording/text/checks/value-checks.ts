import { findSpots, mayBePersonal, type PersonalKind } from '../../../privacy/mask-personal.ts'
import { plainWidth } from '../text-range.ts'
import { parseVariables, valueOf } from '../variables.ts'
import type { BlockText, Spot } from './block-text.ts'

/** A postal address down to a door: a road with its number, then a building, unit, floor or room. */
const ADDRESS =
  /[\p{Script=Han}]{2,10}(?:路|街|道|巷|弄|村|小区|花园|胡同)\s?[\d一二三四五六七八九十]{1,5}\s?[号弄]?[\p{Script=Han}]{0,8}\s?(?:[\dA-Za-z一二三四五六七八九十]{1,4}\s?(?:号楼|栋|幢|单元|座|楼|室)\s?){1,4}(?:[\dA-Za-z]{1,5}室?)?/gu

const digitsOf = (text: string): string => plainWidth(text).replaceAll(/\D/gu, '')

/**
 * Data that identifies a person (LI-03). The excerpt is masked. Service numbers such as 400-820-8820 identify nobody, nor does
 * a number that is the value of a variable: the team publishes it.
 */
export function personalData({ text }: BlockText, forms: readonly (PersonalKind | 'address')[], { values = {} }: VariableChoice): Spot[] {
  const published = new Set(Object.values(values).map(digitsOf))
  const spots: Spot[] = mayBePersonal(text)
    ? findSpots(text).flatMap(({ from, to, mask, kind }) =>
        forms.includes(kind) && !(kind === 'phone' && published.has(digitsOf(text.slice(from, to))))
          ? [{ start: from, end: to, masked: mask, params: { form: kind } }]
          : [],
      )
    : []
  if (!forms.includes('address')) return spots
  for (const { index, 0: address } of text.matchAll(ADDRESS)) {
    spots.push({ start: index, end: index + address.length, masked: `${address.slice(0, 2)}***`, params: { form: 'address' } })
  }
  return spots
}

/** The variables of a team, and the values that a text will be filled with. */
export type VariableChoice = {
  /** Names that exist. */
  names: readonly string[]
  /** Not given while the values are not known yet. */
  values?: Readonly<Record<string, string>>
}

/** Variables that are malformed, that do not exist, or that have no value (MS-03). `problem` says which. */
export function variableProblems({ text }: BlockText, { names, values }: VariableChoice): Spot[] {
  return parseVariables(text).flatMap((part): Spot[] => {
    if (part.kind === 'text') return []
    const term = part.kind === 'variable' ? part.name : text.slice(part.start, part.end).toWellFormed()
    const problem =
      part.kind === 'malformed'
        ? 'malformed'
        : !names.includes(part.name)
          ? 'unknown'
          : values !== undefined && valueOf(values, part.name) === ''
            ? 'missing'
            : null
    return problem === null ? [] : [{ start: part.start, end: part.end, params: { term, problem } }]
  })
}
