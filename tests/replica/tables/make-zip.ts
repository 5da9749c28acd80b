import { crc32, deflateRawSync } from 'node:zlib'

/** One entry of a handmade zip; each header field can be set to a wrong value, as in a hostile file. */
export interface ZipEntry {
  readonly name: string
  readonly content: string | Uint8Array
  /** Uncompressed size in the headers, where it differs from the real one. */
  readonly declaredSize?: number
  /** Unix mode, e.g. of a symbolic link. */
  readonly mode?: number
  /** General purpose flags, e.g. 1 for encrypted. */
  readonly flags?: number
  /** Index of an earlier entry whose local header and data this entry refers to. */
  readonly sharesDataOf?: number
  /** Bytes to use as the compressed data. */
  readonly deflated?: Uint8Array
}

/** Makes a zip archive of deflated entries. */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  const offsets: number[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const content = Buffer.from(entry.content)
    const deflated = entry.deflated ?? deflateRawSync(content)
    const size = entry.declaredSize ?? content.length
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE((entry.flags ?? 0) | 0x800, 2)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(content), 10)
    fields.writeUInt32LE(deflated.length, 14)
    fields.writeUInt32LE(size, 18)
    fields.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), fields, name, deflated])
    const at = entry.sharesDataOf === undefined ? offset : (offsets[entry.sharesDataOf] ?? 0)
    offsets.push(at)
    if (entry.sharesDataOf === undefined) {
      locals.push(local)
      offset += local.length
    }
    const more = Buffer.alloc(14)
    more.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 6)
    more.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('504b01021403', 'hex'), fields, more, name]))
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('504b0506', 'hex')
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 8)
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, listing, end])
}

const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

export interface WorkbookXml {
  /** The content of `<sheetData>`. */
  readonly rows: string
  /** The content of `<sst>`. */
  readonly strings?: string
  /** The content of `<styleSheet>`. */
  readonly styles?: string
  /** Attributes of `<workbookPr>`. */
  readonly properties?: string
}

/** The entries of a workbook with one sheet from raw XML, for content that no library writes. */
export function workbookEntries(xml: WorkbookXml): ZipEntry[] {
  const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${REL}/${type}" Target="${target}"/>`
  return [
    { name: '_rels/.rels', content: `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>` },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships>${relation('r1', 'worksheet', 'worksheets/one.xml')}${relation('r2', 'sharedStrings', '/xl/strings.xml')}${relation('r3', 'styles', 'styles.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${MAIN}" xmlns:x="${REL}"><workbookPr ${xml.properties ?? ''}/><sheets><sheet name="表一" sheetId="1" x:id="r1"/></sheets></workbook>`,
    },
    { name: 'xl/strings.xml', content: `<sst xmlns="${MAIN}">${xml.strings ?? ''}</sst>` },
    { name: 'xl/styles.xml', content: `<styleSheet xmlns="${MAIN}">${xml.styles ?? ''}</styleSheet>` },
    { name: 'xl/worksheets/one.xml', content: `<worksheet xmlns="${MAIN}"><sheetData>${xml.rows}</sheetData></worksheet>` },
  ]
}

export function makeWorkbook(xml: WorkbookXml): Buffer {
  return makeZip(workbookEntries(xml))
}
