import { extname } from 'node:path'
import { refuse } from '../table-problem.ts'
import { encodingOfMark } from './detect-encoding.ts'
import { readChunks, readHead, type OpenFile } from './open-file.ts'
import { MANY_NULS, MAX_WORKBOOK_FILE_BYTES } from './table-limits.ts'
import type { TableFormat, TableOptions } from './table-shape.ts'

const ZIP = ['504b0304', '504b0506', '504b0708']
const COMPOUND_FILE = 'd0cf11e0a1b11ae1'
/** PDF, PNG, JPEG, GIF, gzip, bzip2, xz, 7z, RAR, SQLite, Parquet. */
const NOT_TABLES = [
  '25504446',
  '89504e47',
  'ffd8ff',
  '47494638',
  '1f8b',
  '425a68',
  'fd377a58',
  '377abcaf',
  '52617221',
  '53514c69',
  '50415231',
]

const SNIFFED_BYTES = 64 * 1024

/**
 * Detects a file's format by content; its name only decides between text formats. A workbook called .csv is read as a workbook,
 * a .xlsx that contains text as text. Refuses: old-excel, password-protected, binary-file, markup-file, not-a-workbook.
 */
export async function sniffFormat(path: string, file: OpenFile, options: TableOptions): Promise<TableFormat> {
  const head = await readHead(file, SNIFFED_BYTES)
  const begins = head.subarray(0, 8).toString('hex')
  if (ZIP.some((magic) => begins.startsWith(magic))) {
    if (options.format !== undefined && options.format !== 'xlsx') refuse('binary-file')
    return 'xlsx'
  }
  if (begins === COMPOUND_FILE) refuse((await isEncryptedWorkbook(file)) ? 'password-protected' : 'old-excel')
  if (options.format === 'xlsx') refuse('not-a-workbook')
  if (NOT_TABLES.some((magic) => begins.startsWith(magic)) || isBinary(head, options)) refuse('binary-file')

  const start = startOfText(head)
  if (/^<(?:!doctype|\?xml|html|table|head|body|meta|style|div)/iu.test(start)) refuse('markup-file')
  if (options.format !== undefined) return options.format
  switch (extname(path).toLowerCase()) {
    case '.json':
    case '.jsonl':
    case '.ndjson':
      return 'json'
    case '.tsv':
    case '.tab':
      return 'tsv'
    case '.csv':
      return 'csv'
    default:
      return /^(?:\{\s*"|\[\s*(?:\{|\]))/u.test(start) ? 'json' : 'csv'
  }
}

/** An encrypted .xlsx has the same container as the old .xls, with a stream of this name. */
async function isEncryptedWorkbook(file: OpenFile): Promise<boolean> {
  if (file.size > MAX_WORKBOOK_FILE_BYTES) return false
  const name = Buffer.from('EncryptedPackage', 'utf16le')
  for await (const chunk of readChunks(file)) if (chunk.includes(name)) return true
  return false
}

function isBinary(head: Buffer, options: TableOptions): boolean {
  const twoByte = options.encoding?.startsWith('utf-16') ?? encodingOfMark(head)?.startsWith('utf-16') ?? false
  let nuls = 0
  let controls = 0
  if (twoByte) {
    for (let at = 0; at + 1 < head.length; at += 2) if (head[at] === 0 && head[at + 1] === 0) nuls += 1
  } else {
    for (const byte of head) {
      if (byte === 0) nuls += 1
      else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) controls += 1
    }
  }
  return nuls >= MANY_NULS || controls > head.length / 10
}

function startOfText(head: Buffer): string {
  const encoding = encodingOfMark(head) ?? 'utf-8'
  return new TextDecoder(encoding).decode(head.subarray(0, 512)).trimStart()
}
