import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { checkIntegrity } from './integrity.ts'

const { file, thorough } = z.object({ file: z.string(), thorough: z.boolean() }).parse(workerData)
parentPort?.postMessage(checkIntegrity(file, thorough))
