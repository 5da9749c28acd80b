import { registerHooks } from 'node:module'
import { answerTest } from './answer-test.ts'

// Loaded with --import before the built shell: `electron` is the stand-in from here on.

const standIn = new URL('electron.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) => (specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context)),
})

answerTest(() => import(standIn) as Promise<object>)
