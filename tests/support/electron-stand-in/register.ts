import { registerHooks } from 'node:module'
import { answerTest } from './answer-test.ts'

// Loaded with --import before the built shell: replaces `electron` by the stand-in.

const standIn = new URL('electron.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) => (specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context)),
})

answerTest(() => import(standIn) as Promise<object>)
