import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { styleText } from 'node:util'

/** Standard output was closed by its reader, as `| head` does. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed'
}

/** Control characters except tab and line feed, and bidirectional controls: a terminal interprets them. */
const OBEYED = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu
const HARMLESS = new Set(['\t', '\n'])

const shown = (character: string) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`

/** A text that is safe to print: characters that a terminal interprets are escaped, such that JSON parses to the same text. */
export function printable(text: string): string {
  return text.replaceAll(OBEYED, (character) => (HARMLESS.has(character) ? character : shown(character)))
}

/** The same for a text within a line: line breaks are replaced too. */
export function printableLine(text: string): string {
  return text.replaceAll(OBEYED, (character) => (HARMLESS.has(character) ? ' ' : shown(character)))
}

/** Private-use characters around highlighted text, so that only our own styling reaches a terminal. */
const MARKS = ['\ue000', '\ue001'] as const

/** A highlighted part of an answer. */
export const marked = (text: string) => MARKS[0] + text + MARKS[1]

function showMarks(text: string, toPerson: boolean): string {
  return text.replaceAll(/\ue000([^\ue000\ue001]*)\ue001/gu, (_all, inner: string) =>
    toPerson ? styleText(['bold', 'yellow'], inner, { validateStream: false }) : inner,
  )
}

/** The streams of a command. Answers go to standard output, all other messages to standard error. */
export type Terminal = {
  /** Resolves when the text is written, {@link printable}; bytes are written as they are. @throws {@link OutputClosed} */
  answer(text: string | Uint8Array): Promise<void>
  say(text: string): void
  /** Reads a secret line: without an echo from a terminal, else the next line of standard input. */
  askSecret(prompt: string): Promise<string>
  /** Standard error if it is a terminal, for a progress bar. */
  watched: NodeJS.WriteStream | null
}

/** Reads lines of standard input, one at a time, without an echo if it is a terminal. */
function secretReader(stdin: NodeJS.ReadStream, stderr: NodeJS.WriteStream): (prompt: string) => Promise<string> {
  const silent = new Writable({ write: (_piece, _encoding, written) => written() })
  // One reader for all prompts of a pipe: a reader buffers beyond its line, and the next one would miss that.
  let piped: AsyncIterator<string> | null = null
  return async (prompt) => {
    if (!stdin.isTTY || !stderr.isTTY) {
      piped ??= createInterface({ input: stdin })[Symbol.asyncIterator]()
      const next = await piped.next()
      return next.done ? '' : next.value
    }
    stderr.write(prompt)
    const lines = createInterface({ input: stdin, output: silent, terminal: true })
    try {
      for await (const line of lines) return line
      return ''
    } finally {
      lines.close()
      stderr.write('\n')
    }
  }
}

/** Connects a command to its streams. */
export function openTerminal(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream, stdin: NodeJS.ReadStream): Terminal {
  const ignore = () => {}
  // Without a listener, a closed reader would end the process before its cleanup; `answer` reports it.
  const streams: Writable[] = [stdout, stderr]
  for (const stream of streams) stream.on('error', ignore)
  return {
    answer: (text) =>
      new Promise((resolve, reject) => {
        stdout.write(typeof text === 'string' ? showMarks(printable(text), stdout.isTTY) : text, (error) =>
          error ? reject(new OutputClosed()) : resolve(),
        )
      }),
    say: (text) => {
      stderr.write(printable(text))
    },
    askSecret: secretReader(stdin, stderr),
    watched: stderr.isTTY ? stderr : null,
  }
}
