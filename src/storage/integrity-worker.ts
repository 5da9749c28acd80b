import { parentPort } from 'node:worker_threads'
import { checkIntegrity } from './integrity.ts'

// Arguments are plain strings, used without zod: this thread checks one file, and loading zod would be half of its work.
const [, , file = '', extent] = process.argv
parentPort?.postMessage(checkIntegrity(file, extent === 'thorough'))
