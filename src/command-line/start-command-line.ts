#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { PRIVATE_UMASK } from '#workspace/data-folder.ts'
import { EXIT } from './exit-codes.ts'
import { chooseLanguage } from './language.ts'
import { runCommandLine } from './program.ts'
import type { Hangup } from './session.ts'
import { openTerminal } from './terminal.ts'
import { loadWords } from './words.ts'

/** A second signal within this time is the same Ctrl-C, because npm passes on what the terminal has already sent us. Milliseconds. */
const SAME_STOP = 1000

process.umask(PRIVATE_UMASK)

const interrupt = new AbortController()
const hangup: Hangup = { reload: null }
let stoppedAt: number | null = null
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A service manager's reload; a command that cannot reload ends, as when its terminal is closed.
    if (signal === 'SIGHUP' && hangup.reload) return hangup.reload()
    const now = performance.now()
    if (stoppedAt !== null && now - stoppedAt > SAME_STOP) process.exit(EXIT.interrupted)
    stoppedAt ??= now
    interrupt.abort()
  })
}

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }

process.exitCode = await runCommandLine(process.argv.slice(2), {
  words: await loadWords(chooseLanguage(process.env, process.platform, Intl.DateTimeFormat().resolvedOptions().locale)),
  terminal: openTerminal(process.stdout, process.stderr, process.stdin),
  env: process.env,
  platform: process.platform,
  entryUrl: import.meta.url,
  version,
  interrupted: interrupt.signal,
  hangup,
})
