import { posix } from 'node:path'
import { refuse } from '../table-problem.ts'
import { isDateFormat, unescapeExcel } from './excel-values.ts'
import { MAIN_SHEET_NAME } from '../main-sheet.ts'
import type { Archive } from './open-archive.ts'
import { attributeOf, readXml } from './walk-xml.ts'

export interface Sheet {
  readonly name: string
  readonly hidden: boolean
  /** The part with its rows. */
  readonly part: string
}

export interface Workbook {
  /** In the order of the tabs, without chart sheets. */
  readonly sheets: readonly Sheet[]
  readonly from1904: boolean
  readonly stylesPart: string | null
  readonly sharedStringsPart: string | null
  /** The sheet to read according to our own workbooks, or null. */
  readonly main: string | null
}

interface Relationship {
  readonly type: string
  readonly part: string
}

/** Finds the sheets of a workbook. Refuses: not-a-workbook, workbook-damaged. */
export async function readWorkbookParts(archive: Archive): Promise<Workbook> {
  const root = await readRelationships(archive, '')
  const main = [...root.values()].find((relationship) => relationship.type === 'officeDocument')?.part ?? 'xl/workbook.xml'
  if (!archive.has(main)) refuse('not-a-workbook')
  const relationships = await readRelationships(archive, main)

  const sheets: Sheet[] = []
  let from1904 = false
  let isWorkbook = false
  let isMainName = false
  let mainAddress = ''
  await readXml(archive.read(main), {
    open(name, attributes) {
      if (name === 'workbook') isWorkbook = true
      // An extension of Excel 2013 has an element of the same name, unrelated to dates.
      if (name === 'workbookPr' && attributes['date1904'] !== undefined) from1904 = /^(?:1|true)$/u.test(attributes['date1904'] ?? '')
      if (name === 'definedName') isMainName = attributes['name'] === MAIN_SHEET_NAME
      if (name !== 'sheet') return
      const target = relationships.get(attributeOf(attributes, 'id') ?? '')
      if (target?.type !== 'worksheet' || !archive.has(target.part)) return
      const state = attributes['state']
      sheets.push({
        name: unescapeExcel(attributes['name'] ?? ''),
        hidden: state === 'hidden' || state === 'veryHidden',
        part: target.part,
      })
    },
    text(more) {
      if (isMainName) mainAddress = (mainAddress + more).slice(0, 200)
    },
    close(name) {
      if (name === 'definedName') isMainName = false
    },
  })
  if (!isWorkbook) refuse('not-a-workbook')
  if (sheets.length === 0) refuse('workbook-damaged')

  const partOf = (type: string) => {
    const part = [...relationships.values()].find((relationship) => relationship.type === type)?.part
    return part !== undefined && archive.has(part) ? part : null
  }
  return {
    sheets,
    from1904,
    stylesPart: partOf('styles'),
    sharedStringsPart: partOf('sharedStrings'),
    main: /^'((?:[^']|'')+)'!/u.exec(mainAddress)?.[1]?.replaceAll("''", "'") ?? null,
  }
}

/** The relationships of a part ('' for those of the archive), by id. A part without any has none. */
async function readRelationships(archive: Archive, part: string): Promise<Map<string, Relationship>> {
  const found = new Map<string, Relationship>()
  const folder = posix.dirname(part)
  const file = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  if (!archive.has(file)) return found
  await readXml(archive.read(file), {
    open(name, attributes) {
      const { Id: id, Type: type, Target: target } = attributes
      if (name !== 'Relationship' || id === undefined || type === undefined || target === undefined) return
      if (attributes['TargetMode'] === 'External') return
      // A target outside the archive names no part in it and is reported missing later.
      found.set(id, { type: posix.basename(type), part: posix.resolve('/', folder, target).slice(1) })
    },
  })
  return found
}

/** For each cell style by its index, whether it shows a date. */
export async function readDateStyles(archive: Archive, part: string): Promise<boolean[]> {
  const codes = new Map<number, string>()
  const formats: number[] = []
  let inCellFormats = false
  let inFormats = false
  await readXml(archive.read(part), {
    open(name, attributes) {
      // Formats of conditional formatting have their own numbering.
      if (name === 'numFmts') inFormats = true
      else if (name === 'numFmt' && inFormats) codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) formats.push(Number(attributes['numFmtId'] ?? 0))
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
      else if (name === 'numFmts') inFormats = false
    },
  })
  return formats.map((id) => isDateFormat(id, codes.get(id)))
}

/** The texts that cells refer to by number. Runs of differently styled text are joined; phonetic readings are omitted. */
export async function readSharedStrings(archive: Archive, part: string): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let inText = false
  let inReading = false
  await readXml(archive.read(part), {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') inReading = true
      else if (name === 't') inText = !inReading
    },
    text(more) {
      if (inText) text += more
    },
    close(name) {
      if (name === 'si') strings.push(unescapeExcel(text))
      else if (name === 'rPh') inReading = false
      else if (name === 't') inText = false
    },
  })
  return strings
}
