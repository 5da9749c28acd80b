import { WordingContent, type Block, type Objection, type Variant } from './content.ts'
import { AUDIENCE_WORDS, BLOCK_WORDS, CHANNEL_WORDS, namedBy, PROMISE_WORDS } from './wording-words.ts'

/**
 * A wording as a Markdown file that people write by hand and that reads back as it was written:
 *
 *     # Title
 *     > Core message
 *
 *     A paragraph of the text.
 *
 *     [empathy] A part of a kind.
 *
 *     [commitment] We will call back today.
 *     - action: call back
 *     - owner: quality
 *     - deadline: today 15:00
 *
 *     ? What a customer asks
 *     = The answer
 *
 *     [silver · phone] A variant; `*` stands for everybody, or for every channel.
 *
 * Line breaks within a part stay; a line that begins like a marker is written with a backslash before it.
 */

/** Lines that mean something; the same text is written with a backslash. */
const MARKER = /^(#|>|\[|\?|=|- |\\)/

const escaped = (text: string) =>
  text
    .split('\n')
    // An empty line would end the part.
    .map((line) => (line === '' ? '\\' : MARKER.test(line) ? `\\${line}` : line))
    .join('\n')
const unescaped = (line: string) => (line.startsWith('\\') ? line.slice(1) : line)

const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ')

const blockLines = ({ kind, text, action, owner, deadline }: Block) =>
  [
    `[${BLOCK_WORDS[kind][0]}] ${escaped(text)}`,
    ...(kind === 'commitment' ? Object.entries({ action, owner, deadline }).map(([name, value]) => `- ${name}: ${oneLine(value)}`) : []),
  ].join('\n')
const objectionLines = ({ ask, answer }: Objection) => `? ${escaped(ask)}\n= ${escaped(answer)}`
const variantLine = ({ audience, channel, text }: Variant) => `[${audience ?? '*'} · ${channel ?? '*'}] ${escaped(text)}`

/** The parts of a content without title and core message, each as Markdown that {@link fromMarkdown} reads back. */
export function partsToMarkdown({ blocks, objections, variants }: Pick<WordingContent, 'blocks' | 'objections' | 'variants'>) {
  return {
    blocks: blocks.map(blockLines).join('\n\n'),
    objections: objections.map(objectionLines).join('\n\n'),
    variants: variants.map(variantLine).join('\n\n'),
  }
}

/** Writes a content as Markdown. */
export function toMarkdown({ title, core, blocks, objections, variants }: WordingContent): string {
  return [
    `# ${oneLine(title)}`,
    core
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n'),
    ...blocks.map(blockLines),
    ...objections.map(objectionLines),
    ...variants.map(variantLine),
    '',
  ].join('\n\n')
}

type Draft = { title: string; core: string[]; blocks: Block[]; objections: Objection[]; variants: Variant[] }

/** The groups of lines between empty lines. */
function groupsOf(text: string): string[][] {
  const groups: string[][] = [[]]
  for (const line of text
    .replaceAll(/\r\n?/g, '\n')
    .replace(/^\ufeff/, '')
    .split('\n')) {
    if (line.trim() === '') groups.push([])
    else groups.at(-1)?.push(line.trimEnd())
  }
  return groups.filter((group) => group.length > 0)
}

function readObjections(draft: Draft, lines: readonly string[]): void {
  let answering = false
  let current: Objection | undefined
  for (const line of lines) {
    if (line.startsWith('?')) {
      current = { id: `o${draft.objections.length + 1}`, ask: unescaped(line.slice(1).trimStart()), answer: '' }
      draft.objections.push(current)
      answering = false
    } else if (line.startsWith('=') && current && !answering) {
      current.answer = unescaped(line.slice(1).trimStart())
      answering = true
    } else if (current) {
      if (answering) current.answer += `\n${unescaped(line)}`
      else current.ask += `\n${unescaped(line)}`
    }
  }
}

function readPart(draft: Draft, [first = '', ...rest]: readonly string[]): void {
  const marked = /^\[([^\]]{1,60})\]\s?(.*)$/.exec(first)
  const [audienceWord = '', channelWord = ''] = (marked?.[1] ?? '').split(/\s*[·・|/]\s*/)
  const kind = marked ? namedBy(BLOCK_WORDS, marked[1] ?? '') : undefined
  const audience = namedBy(AUDIENCE_WORDS, audienceWord)
  const channel = namedBy(CHANNEL_WORDS, channelWord === '' ? audienceWord : channelWord)
  const promise = { action: '', owner: '', deadline: '' }
  const lines = [marked && (kind || audience || channel) ? unescaped(marked[2] ?? '') : unescaped(first)]
  for (const line of rest) {
    const named = kind === 'commitment' ? /^- ([^:：]{1,20})[:：]\s*(.*)$/.exec(line) : null
    const name = named ? namedBy(PROMISE_WORDS, named[1] ?? '') : undefined
    if (name) promise[name] = named?.[2] ?? ''
    else lines.push(unescaped(line))
  }
  const text = lines.join('\n')
  if (kind === undefined && marked && (audience || channel))
    draft.variants.push({ id: `v${draft.variants.length + 1}`, audience: audience ?? null, channel: channel ?? null, text })
  else draft.blocks.push({ id: `b${draft.blocks.length + 1}`, kind: kind ?? 'text', text, ...promise })
}

/**
 * Reads a content from Markdown, or from plain text, whose paragraphs become parts of the text.
 * @returns the content, or the limits that it exceeds
 */
export function fromMarkdown(text: string): { ok: true; content: WordingContent } | { ok: false; detail: string } {
  const draft: Draft = { title: '', core: [], blocks: [], objections: [], variants: [] }
  let titled = false
  const groups = groupsOf(text)
  for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
    const [first = '', ...rest] = group
    // What follows a heading without an empty line is a part of its own.
    const splitHeading = () => {
      if (rest.length > 0) groups.unshift(rest)
    }
    if (/^#(?: |$)/.test(first) && !titled) {
      draft.title = first.slice(2).trim()
      titled = true
      splitHeading()
    } else if (/^#{2,6} /.test(first)) {
      draft.blocks.push({ ...EMPTY_BLOCK, id: `b${draft.blocks.length + 1}`, kind: 'heading', text: first.replace(/^#+ /, '') })
      splitHeading()
    } else if (first.startsWith('>') && draft.core.length === 0) {
      const quoted = group.findIndex((line) => !line.startsWith('>'))
      draft.core = (quoted < 0 ? group : group.slice(0, quoted)).map((line) => line.replace(/^> ?/, ''))
      if (quoted > 0) groups.unshift(group.slice(quoted))
    } else if (first.startsWith('?')) readObjections(draft, group)
    else readPart(draft, group)
  }
  const { core, ...rest } = draft
  const parsed = WordingContent.safeParse({ ...rest, core: core.join('\n') })
  return parsed.success
    ? { ok: true, content: parsed.data }
    : {
        ok: false,
        detail: parsed.error.issues
          .map(({ path, message }) => `${path.join('.')}: ${message}`)
          .join('; ')
          .slice(0, 300),
      }
}

const EMPTY_BLOCK: Block = { id: '', kind: 'text', text: '', action: '', owner: '', deadline: '' }
