import { SaxesParser } from 'saxes'
import { refuse } from '../table-problem.ts'
import { MAX_XML_DEPTH } from './table-limits.ts'

/** What a reader of one part wants to hear about. Names come without their namespace prefix. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/**
 * Reads XML, telling the listener what it meets, and yields after every chunk so that the listener's harvest can be passed on.
 * No document type is accepted, hence no entities of the file's own and nothing from outside (ASVS 1.5.1).
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

/** An attribute by its local name: the relationship id is `r:id` in one file and `ns2:id` in the next. */
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
