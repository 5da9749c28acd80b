import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { styleText } from 'node:util'

/** Standard output was closed by whoever read it, as `| head` does. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed'
}

/** Control characters but tab and line feed, and what turns the reading order around: a terminal obeys them. */
const OBEYED = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu
const HARMLESS = new Set(['\t', '\n'])

const shown = (character: string) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`

/** A text as a terminal may be given it: what it would obey is spelled out, in a way that JSON reads as the same character. */
export function printable(text: string): string {
  return text.replaceAll(OBEYED, (character) => (HARMLESS.has(character) ? character : shown(character)))
}

/** The same for a text that is shown within a line, whatever line breaks somebody put into it. */
export function printableLine(text: string): string {
  return text.replaceAll(OBEYED, (character) => (HARMLESS.has(character) ? ' ' : shown(character)))
}

/** Private characters around what is to stand out: the only styling that reaches a terminal is our own. */
const MARKS = ['\ue000', '\ue001'] as const

/** A part of an answer that stands out where a person reads it. */
export const marked = (text: string) => MARKS[0] + text + MARKS[1]

function showMarks(text: string, toPerson: boolean): string {
  return text.replaceAll(/\ue000([^\ue000\ue001]*)\ue001/gu, (_all, inner: string) =>
    toPerson ? styleText(['bold', 'yellow'], inner, { validateStream: false }) : inner,
  )
}

/** The two streams of a command. Answers go to the first, everything said along the way to the second. */
export type Terminal = {
  /** Resolves when the text is handed over, {@link printable}; bytes are handed over as they are. @throws {@link OutputClosed} */
  answer(text: string | Uint8Array): Promise<void>
  say(text: string): void
  /** A line that must not be seen: typed without an echo where a person types, else the next line of standard input. */
  askSecret(prompt: string): Promise<string>
  /** The second stream when a person watches it, for a progress bar. */
  watched: NodeJS.WriteStream | null
}

/** Lines of standard input, one at a time, without an echo where a person types them. */
function secretReader(stdin: NodeJS.ReadStream, stderr: NodeJS.WriteStream): (prompt: string) => Promise<string> {
  const silent = new Writable({ write: (_piece, _encoding, written) => written() })
  // A pipe is read once for all that is asked: what one reader took in beyond its line is lost to the next.
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

/** Joins a command to its streams. */
export function openTerminal(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream, stdin: NodeJS.ReadStream): Terminal {
  const ignore = () => {}
  // Without a listener a reader that goes away would end the process before it has cleaned up; `answer` reports it.
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
