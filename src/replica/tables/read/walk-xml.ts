import { SaxesParser } from 'saxes'
import { refuse } from '../table-problem.ts'
import { MAX_XML_DEPTH } from './table-limits.ts'

/** Callbacks of the reader of a part. Names come without their namespace prefix. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/**
 * Parses XML and calls the listener, and yields after every chunk so that the listener's results can be passed on.
 * Refuses document types, hence the file's own entities and external content (ASVS 1.5.1).
 * Refuses: workbook-damaged.
 */
export async function* walkXml(chunks: AsyncIterable<Uint8Array>, listener: XmlListener): AsyncGenerator<void> {
  const parser = new SaxesParser()
  let depth = 0
  parser.on('error', () => refuse('workbook-damaged'))
  parser.on('doctype', () => refuse('workbook-damaged'))
  parser.on('opentag', (tag) => {
    depth += 1
    if (depth > MAX_XML_DEPTH) refuse('workbook-damaged')
    listener.open(localName(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag) => {
    depth -= 1
    listener.close?.(localName(tag.name))
  })
  parser.on('text', (text) => listener.text?.(text))
  parser.on('cdata', (text) => listener.text?.(text))

  const decoder = new TextDecoder('utf-8')
  for await (const chunk of chunks) {
    parser.write(decoder.decode(chunk, { stream: true }))
    yield
  }
  parser.write(decoder.decode()).close()
  yield
}

/** Reads a whole part; see `walkXml`. */
export async function readXml(chunks: AsyncIterable<Uint8Array>, listener: XmlListener): Promise<void> {
  for await (const _ of walkXml(chunks, listener)) void _
}

/** An attribute by its local name: the relationship id may be `r:id` or `ns2:id`. */
export function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const plain = attributes[name]
  if (plain !== undefined) return plain
  for (const [key, value] of Object.entries(attributes)) if (localName(key) === name) return value
  return undefined
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}
