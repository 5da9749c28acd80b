import { dayCount, escapeExcel } from '../read/excel-values.ts'
import { MAIN_SHEET_NAME } from '../main-sheet.ts'

/** The XML of a workbook's parts (ISO/IEC 29500-1, 18). Texts are stored in their cells, so that no part needs all of them at once. */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export const MOMENT_FORMAT = 'yyyy-mm-dd hh:mm:ss'

/** Numbers of the cell styles, in the order in which {@link STYLES} lists them. `49` is the built-in format of texts. */
const STYLE = { plain: 0, line: 1, header: 2, row: 3, moment: 4, value: 5 } as const
const CELL_STYLES = [
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>',
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf>',
]
const FONT = '<sz val="11"/><color theme="1"/><name val="Calibri"/><family val="2"/>'
const STYLES =
  `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="${MOMENT_FORMAT}"/></numFmts>` +
  `<fonts count="2"><font>${FONT}</font><font><b/>${FONT}</font></fonts>` +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="${CELL_STYLES.length}">${CELL_STYLES.join('')}</cellXfs>` +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/gu, (sign) => ENTITIES[sign] ?? sign)
}

/** Name in the archive of the sheet with this index from 0. */
export const sheetPart = (index: number): string => `xl/worksheets/sheet${index + 1}.xml`

/**
 * The parts beside the sheets, by their names in the archive.
 * @param names of the sheets, as `nameSheets` makes them
 * @param mainCell where the table that an import reads begins, such as `'Timeline'!$A$2`, or null
 */
export function workbookParts(names: readonly string[], mainCell: string | null): Record<string, string> {
  const override = (part: string, type: string) => `<Override PartName="/${part}" ContentType="${TYPES}.${type}+xml"/>`
  const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
  const sheets = names.map(
    (name, index) => `<sheet name="${escapeXml(escapeExcel(name))}" sheetId="${index + 1}" r:id="sheet${index + 1}"/>`,
  )
  const defined =
    mainCell === null ? '' : `<definedNames><definedName name="${MAIN_SHEET_NAME}">${escapeXml(mainCell)}</definedName></definedNames>`
  return {
    '[Content_Types].xml':
      `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
      override('xl/workbook.xml', 'sheet.main') +
      override('xl/styles.xml', 'styles') +
      names.map((_, index) => override(sheetPart(index), 'worksheet')).join('') +
      '</Types>',
    '_rels/.rels': `${HEAD}<Relationships xmlns="${RELATIONS}">${relation('workbook', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml':
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews>` +
      `<sheets>${sheets.join('')}</sheets>${defined}</workbook>`,
    'xl/_rels/workbook.xml.rels':
      `${HEAD}<Relationships xmlns="${RELATIONS}">` +
      names.map((_, index) => relation(`sheet${index + 1}`, 'worksheet', sheetPart(index).slice('xl/'.length))).join('') +
      `${relation('styles', 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': STYLES,
  }
}

/**
 * The XML before the rows of a sheet.
 * @param widths of the columns, in characters
 * @param frozen number of fixed rows at the top, at least one
 */
export function sheetStart(widths: readonly number[], frozen: number, isFirst: boolean): string {
  const columns = widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('')
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"${isFirst ? ' tabSelected="1"' : ''}>` +
    `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `${columns === '' ? '' : `<cols>${columns}</cols>`}<sheetData>`
  )
}

export const SHEET_END = '</sheetData></worksheet>'

/** Reference of a cell, such as `AB12`; columns count from 0, lines from 1. */
function reference(column: number, line: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return `${letters}${line}`
}

/** A text cell, whatever the text begins with. */
export function textCell(column: number, line: number, text: string, style: 'line' | 'header' | 'row'): string {
  return `<c r="${reference(column, line)}" s="${STYLE[style]}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(escapeExcel(text))}</t></is></c>`
}

/** @param wallMs local time as if it were UTC, milliseconds since 1970 */
export function momentCell(column: number, line: number, wallMs: number): string {
  return `<c r="${reference(column, line)}" s="${STYLE.moment}"><v>${dayCount(wallMs)}</v></c>`
}

export function valueCell(column: number, line: number, value: number | boolean): string {
  const type = typeof value === 'boolean' ? ' t="b"' : ''
  return `<c r="${reference(column, line)}" s="${STYLE.value}"${type}><v>${Number(value)}</v></c>`
}
