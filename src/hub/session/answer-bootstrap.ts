import { linkCalls, type LinkAnswer, type LinkCallName } from '#contract/hub-wire.ts'
import { EVERYBODY } from '../log/readers.ts'
import { answerLink, type LinkCore } from './answer-link.ts'

/** The calls that a mirror may make: it only reads. */
const READING: ReadonlySet<string> = new Set<LinkCallName>(['hello', 'pull', 'offer-snapshot', 'read-snapshot'])

/** Answers the mirror's questions; it may read what every member may. */
export async function answerBootstrap(core: LinkCore, name: string, message: unknown): Promise<LinkAnswer> {
  if (!READING.has(name)) return { t: 'down', why: 'bad-message' }
  const call = name as LinkCallName
  const parsed = linkCalls[call].message.safeParse(message)
  if (!parsed.success) return { t: 'down', why: 'bad-message' }
  return answerLink(core, { memberId: EVERYBODY, sessionId: null, device: 'mirror', address: 'here' }, call, parsed.data)
}
