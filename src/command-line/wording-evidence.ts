import { hash as digest } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { checkEvidence, isApproved, type ProvedEvidence, type RecordFault } from '#domain/wording-evidence/check-evidence.ts'
import type { EvidenceData } from '#domain/wording-evidence/evidence-data.ts'
import { openEvidence, type FileFault } from '#domain/wording-evidence/evidence-file.ts'
import { approvalOf } from '#domain/wording/approval.ts'
import { sameValues } from '#domain/wording/values.ts'
import { failed } from './exit-codes.ts'
import type { Outcome } from './outcome.ts'
import { isSigned } from './signature.ts'
import type { Words } from './words.ts'
import type { WorkspaceClient } from './workspace-client.ts'

/** An evidence file larger than this is none. Bytes. */
const MAX_EVIDENCE = 32 * 1024 * 1024

const sha256 = (text: string) => digest('sha256', text)

const placeOf = (fault: FileFault | RecordFault, { t }: Words): string => {
  switch (fault.kind) {
    case 'part':
    case 'layout':
      return t(`wording.verify.fault.${fault.kind}`, { part: t(`wording.verify.part.${fault.part}`) })
    case 'hash':
    case 'chain':
    case 'op':
    case 'decision':
      return t(`wording.verify.fault.${fault.kind}`, { seq: fault.seq })
    case 'approver':
      return t('wording.verify.fault.approver', { member: fault.memberId })
    default:
      return t(`wording.verify.fault.${fault.kind}`)
  }
}

/** What a sound evidence says, in lines and as a document. */
function describe(data: EvidenceData, { revision, wording, ops }: ProvedEvidence, publicKey: string, known: boolean, { t }: Words) {
  const nameOf = (id: string) => data.names[id] ?? id
  const time = (at: number) => new Date(at).toISOString()
  const approvals = revision.decisions.map(({ memberId, as, verdict, at }) => ({ memberId, name: nameOf(memberId), as, verdict, at }))
  const releases = [...wording.past, ...(wording.live ? [wording.live] : [])].filter(({ revisionId }) => revisionId === data.revisionId)
  const { status } = approvalOf(revision)
  const read = revision.decisions.filter(({ verdict }) => verdict === 'approve')
  const published = releases.map(({ at, by, values }) => ({
    at,
    by,
    name: nameOf(by),
    values,
    /** Whether every approver read the text with these values; an approval of an earlier version does not say. */
    valuesApproved: read.every((decision) => decision.values !== undefined && sameValues(decision.values, values)),
  }))
  const document = {
    status,
    title: revision.content.title,
    number: revision.number,
    hash: data.hash,
    approvals,
    releases: published,
    emergency: releases.some(({ emergency }) => emergency !== null),
    records: ops.length,
    keyFingerprint: sha256(publicKey),
    keyKnown: known,
  }
  const lines = [
    t('wording.verify.text', { title: revision.content.title, number: revision.number, hash: data.hash }),
    ...approvals.map(({ name, as, verdict, at }) => t(`wording.verify.${verdict}`, { name, role: as, at: time(at) })),
    ...releases.flatMap(({ emergency, at, by }) =>
      emergency === null ? [] : [t('wording.verify.emergency', { name: nameOf(by), at: time(at), reason: emergency })],
    ),
    ...published.map(({ at, name, values, valuesApproved }) =>
      t(valuesApproved ? 'wording.verify.release' : 'wording.verify.release-unread', {
        name,
        at: time(at),
        values:
          Object.entries(values)
            .map(([variable, value]) => `{${variable}} = ${value}`)
            .join(', ') || t('wording.verify.no-values'),
      }),
    ),
    t('wording.verify.records', { count: ops.length }),
    t(known ? 'wording.verify.key-known' : 'wording.verify.key-unknown', { key: sha256(publicKey) }),
  ]
  return { document, lines }
}

/**
 * Proves an evidence file: nothing was changed since the hub signed it, the records have their hashes and follow each other, and
 * the approvals are those of this text by people who did not write it.
 * @param key the expected fingerprint of the hub's key, in hex, with or without colons; null accepts any
 */
export async function verifyEvidence(file: string, key: string | null, words: Words): Promise<Outcome> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) return failed('file-not-found', { file })
  if (found.size > MAX_EVIDENCE) return failed('file-too-large', { size: found.size, limit: MAX_EVIDENCE })
  let text: string
  try {
    // A byte order mark is a change like any other.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file))
  } catch {
    return failed('file-not-readable', { file })
  }
  const opened = openEvidence(text, { sha256, isSigned }, key === null ? null : key.replaceAll(':', '').toLowerCase())
  const checked = opened.data && checkEvidence(opened.data, sha256)
  const faults = [...opened.faults, ...(checked && !checked.ok ? checked.faults : [])]
  const { data, publicKey } = opened
  if (faults.length > 0 || !checked?.ok || !data || publicKey === null)
    return {
      ...failed('wording-evidence', { file, count: faults.length }),
      document: { faults },
      lines: faults.map((fault) => placeOf(fault, words)),
    }
  const described = describe(data, checked.proved, publicKey, key !== null, words)
  return isApproved(checked.proved)
    ? { ok: true, document: described.document, lines: [...described.lines, words.t('wording.verify.sound')] }
    : { ...failed('wording-unapproved', { status: described.document.status }), ...described }
}

/** Writes the evidence of a revision, the published or else the last one of a text, to a new file. */
export async function exportEvidence(
  client: WorkspaceClient,
  { incidentId, wordingId }: { incidentId: string | null; wordingId: string },
  file: string,
  { t }: Words,
): Promise<Outcome> {
  const wording = await client.call('wordings.get', { incidentId, wordingId })
  if (!wording.ok) return wording
  const revisionId = wording.value.live?.revisionId ?? wording.value.last?.id
  if (revisionId === undefined) return failed('wording-no-revision', { title: wording.value.title })
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions()
  // A command has just begun; only the hub can sign, so it waits for the connection.
  await client.call('membership.tryAgain', {})
  const made = await client.call('team.approvalEvidence', { incidentId, revisionId, zone })
  if (!made.ok) return made
  const { html, keyFingerprint, number, hash } = made.value
  const written = await writeFile(file, html, { flag: 'wx' }).then(
    () => null,
    (error: NodeJS.ErrnoException) => error,
  )
  if (written)
    return written.code === 'EEXIST' ? failed('file-exists', { file }) : failed('file-not-written', { file, detail: written.message })
  return {
    ok: true,
    document: { file, number, hash, keyFingerprint },
    lines: [t('wording.evidence.done', { file, number, key: keyFingerprint })],
  }
}
