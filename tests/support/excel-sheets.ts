import { readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import readXlsxFile from 'read-excel-file/node'
import { fromBuffer } from 'yauzl'

export type SheetRead = { name: string; rows: readonly (readonly unknown[])[] }

/** The sheets of a workbook with their values, read by a third-party reader. Dates appear as if their local time were UTC. */
export async function readSheets(workbook: Buffer | string): Promise<SheetRead[]> {
  const bytes = typeof workbook === 'string' ? readFileSync(workbook) : workbook
  const sheets = await readXlsxFile(bytes, { trim: false })
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data }))
}

/** The texts of all cells that hold text. */
export function textsIn(sheets: readonly SheetRead[]): string[] {
  return sheets.flatMap(({ rows }) => rows.flat()).filter((cell) => typeof cell === 'string')
}

/** The parts of a workbook by name, as stored in the archive. */
export async function workbookPartsOf(workbook: Buffer): Promise<Map<string, string>> {
  const parts = new Map<string, string>()
  return new Promise((resolve, reject) => {
    fromBuffer(workbook, { lazyEntries: true }, (failure, archive) => {
      if (failure) return reject(failure)
      archive.on('error', reject).on('end', () => resolve(parts))
      archive.on('entry', (entry) => {
        archive.openReadStream(entry, (broken, stream) => {
          if (broken) return reject(broken)
          buffer(stream).then((content) => {
            parts.set(entry.fileName, content.toString())
            archive.readEntry()
          }, reject)
        })
      })
      archive.readEntry()
    })
  })
}

/** A cell of a sheet: its attributes, and its content as XML. */
export function cellIn(sheet: string, reference: string): { attributes: string; content: string } | null {
  const found = new RegExp(`<c r="${reference}"([^>]*)>(.*?)</c>`, 'su').exec(sheet)
  return found ? { attributes: found[1] ?? '', content: found[2] ?? '' } : null
}

/** The style of a cell as XML: number format and alignment. */
export function styleOf(styles: string, attributes: string): string {
  const number = Number(/s="(\d+)"/u.exec(attributes)?.[1] ?? 0)
  const cellStyles = /<cellXfs[^>]*>(.*)<\/cellXfs>/su.exec(styles)?.[1] ?? ''
  return [...cellStyles.matchAll(/<xf [^>]*\/>|<xf [^>]*[^/]>.*?<\/xf>/gsu)][number]?.[0] ?? ''
}
