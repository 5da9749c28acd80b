import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Standard output was closed by whoever read it, as `| head` does. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed'
}

/** The two streams of a command. Answers go to the first, everything said along the way to the second. */
export type Terminal = {
  /** Resolves when the text is handed over. @throws {@link OutputClosed} */
  answer(text: string | Uint8Array): Promise<void>
  say(text: string): void
  /** A line that must not be seen: typed without an echo where a person types, else the first line of standard input. */
  askSecret(prompt: string): Promise<string>
  /** The second stream when a person watches it, for a progress bar. */
  watched: NodeJS.WriteStream | null
  /** Whether the answer is read by a person. */
  answersPerson: boolean
}

async function readSecret(stdin: NodeJS.ReadStream, stderr: NodeJS.WriteStream, prompt: string): Promise<string> {
  const person = stdin.isTTY && stderr.isTTY
  if (person) stderr.write(prompt)
  const silent = new Writable({ write: (_piece, _encoding, written) => written() })
  const lines = createInterface({ input: stdin, output: silent, terminal: person })
  try {
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
    if (person) stderr.write('\n')
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
        stdout.write(text, (error) => (error ? reject(new OutputClosed()) : resolve()))
      }),
    say: (text) => {
      stderr.write(text)
    },
    askSecret: (prompt) => readSecret(stdin, stderr, prompt),
    watched: stderr.isTTY ? stderr : null,
    answersPerson: stdout.isTTY,
  }
}
