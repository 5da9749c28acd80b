import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Language } from '#contract/workspace-api.ts'
import { runCommandLine } from '../../src/command-line/program.ts'
import { loadWords } from '../../src/command-line/words.ts'
import { parseDocument, REPOSITORY, type Document, type Finished } from './run-command.ts'

/** Runs a command line in this process: the same code without the half second that a process needs to start. */
export async function runInside(args: readonly string[], language: Language = 'zh-Hans'): Promise<Finished> {
  let out = ''
  let err = ''
  const code = await runCommandLine(args, {
    words: await loadWords(language),
    terminal: {
      answer: async (text) => {
        out += typeof text === 'string' ? text : Buffer.from(text).toString('utf8')
      },
      say: (text) => {
        err += text
      },
      askSecret: async () => '',
      watched: null,
    },
    env: {},
    platform: 'linux',
    entryUrl: pathToFileURL(join(REPOSITORY, 'src/command-line/start-command-line.ts')).href,
    version: '0.0.0-test',
    interrupted: new AbortController().signal,
    hangup: { reload: null },
  })
  return { code, out, err }
}

/** {@link runInside} with --json. */
export async function runJsonInside(args: readonly string[]): Promise<{ code: number | null; document: Document; err: string }> {
  return parseDocument(await runInside([...args, '--json']))
}
