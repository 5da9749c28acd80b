import { z } from 'zod'
import type { Sha256 } from '../log/record.ts'
import { EvidenceData } from './evidence-data.ts'

/** The parts of an evidence page in their order. `data` holds the records; the others are for people. */
export const EVIDENCE_PARTS = ['head', 'text', 'review', 'differences', 'releases', 'records', 'data'] as const
export type EvidencePart = (typeof EVIDENCE_PARTS)[number]

/** What can be wrong with the file as such: a part, its layout, its seal, or that another hub signed it. */
export type FileFault =
  | { kind: 'part'; part: EvidencePart }
  | { kind: 'layout'; part: EvidencePart | 'seal' }
  | { kind: 'seal' | 'signature' | 'other-key' | 'data' }

const START = '<!doctype html>\n'
const DATA = ['<script type="application/json" id="stormroom-evidence">', '</script>\n'] as const
const SEAL = ['<script type="application/json" id="stormroom-seal">', '</script>\n</body>\n</html>\n'] as const
const marker = (part: string) => `<!--stormroom:${part}-->\n`

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
/** What the hub signs, with its signature: the SHA-256 of every part of the page. */
const Seal = z.strictObject({
  hubId: z.string(),
  /** SPKI in base64. */
  publicKey: z.string(),
  parts: z.strictObject(Object.fromEntries(EVIDENCE_PARTS.map((part) => [part, Hash])) as Record<EvidencePart, typeof Hash>),
  /** Ed25519 in base64. */
  signature: z.string(),
})
type Seal = z.infer<typeof Seal>

function sealText({ hubId, publicKey, parts }: Omit<Seal, 'signature'>): string {
  return JSON.stringify(['stormroom-approval-evidence-1', hubId, publicKey, ...EVIDENCE_PARTS.map((part) => [part, parts[part]])])
}

/** JSON that is safe within a script element: nothing in it can end the element or begin a comment. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[<>&\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The part of a page that holds the records. */
export function dataPart(data: EvidenceData): string {
  return DATA[0] + scriptJson(data) + DATA[1]
}

/**
 * Joins the parts of a page and seals them.
 * @param signer the hub: its ID, its public key (SPKI, base64), and its signature of a text
 */
export function sealEvidence(
  parts: Readonly<Record<EvidencePart, string>>,
  { hubId, publicKey, sign }: { hubId: string; publicKey: string; sign(text: string): string },
  sha256: Sha256,
): string {
  const hashes = Object.fromEntries(EVIDENCE_PARTS.map((part) => [part, sha256(parts[part])])) as Record<EvidencePart, string>
  const unsigned = { hubId, publicKey, parts: hashes }
  const seal: Seal = { ...unsigned, signature: sign(sealText(unsigned)) }
  const body = EVIDENCE_PARTS.map((part) => marker(part) + parts[part]).join('')
  return START + body + marker('seal') + SEAL[0] + scriptJson(seal) + SEAL[1]
}

export type OpenedEvidence = { faults: FileFault[]; data: EvidenceData | null; publicKey: string | null; hubId: string | null }

/** Splits a page at its markers; the part at which the layout is wrong, if it is. */
function splitPage(text: string): { parts: Map<string, string> } | { wrong: EvidencePart | 'seal' } {
  const names = [...EVIDENCE_PARTS, 'seal'] as const
  const pieces = text.split(/<!--stormroom:([a-z]*)-->\n/)
  if (pieces[0] !== START) return { wrong: 'head' }
  const found = new Map<string, string>()
  for (const [index, name] of names.entries()) {
    const content = pieces[index * 2 + 2]
    if (pieces[index * 2 + 1] !== name || content === undefined) return { wrong: names[Math.max(0, index - 1)] ?? name }
    found.set(name, content)
  }
  return pieces.length === names.length * 2 + 1 ? { parts: found } : { wrong: 'seal' }
}

function within(text: string, [before, after]: readonly [string, string]): unknown {
  if (!text.startsWith(before) || !text.endsWith(after)) return null
  try {
    return JSON.parse(text.slice(before.length, text.length - after.length)) as unknown
  } catch {
    return null
  }
}

/**
 * Opens an evidence page and proves that no character of it was changed since the hub signed it.
 * @param isSigned whether the holder of a public key signed a text
 * @param fingerprint the SHA-256 of the public key that the reader expects, lower-case hex; null accepts any
 */
export function openEvidence(
  text: string,
  tools: { sha256: Sha256; isSigned(text: string, publicKey: string, signature: string): boolean },
  fingerprint: string | null,
): OpenedEvidence {
  const nothing = { data: null, publicKey: null, hubId: null }
  const page = splitPage(text)
  if ('wrong' in page) return { ...nothing, faults: [{ kind: 'layout', part: page.wrong }] }
  const { parts } = page
  const sealPart = parts.get('seal') ?? ''
  const seal = Seal.safeParse(within(sealPart, SEAL)).data
  const faults: FileFault[] = []
  // The seal has one spelling: another with the same meaning was written by somebody else.
  if (!seal || SEAL[0] + scriptJson(seal) + SEAL[1] !== sealPart) faults.push({ kind: 'seal' })
  else if (!tools.isSigned(sealText(seal), seal.publicKey, seal.signature)) faults.push({ kind: 'signature' })
  else if (fingerprint !== null && tools.sha256(seal.publicKey) !== fingerprint) faults.push({ kind: 'other-key' })
  if (seal)
    for (const part of EVIDENCE_PARTS) if (tools.sha256(parts.get(part) ?? '') !== seal.parts[part]) faults.push({ kind: 'part', part })
  const data = EvidenceData.safeParse(within(parts.get('data') ?? '', DATA)).data ?? null
  if (!data) faults.push({ kind: 'data' })
  return { faults, data, publicKey: seal?.publicKey ?? null, hubId: seal?.hubId ?? null }
}
