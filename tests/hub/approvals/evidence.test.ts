import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkEvidence } from '#domain/wording-evidence/check-evidence.ts'
import type { EvidenceData } from '#domain/wording-evidence/evidence-data.ts'
import { EVIDENCE_PARTS, dataPart, openEvidence, sealEvidence } from '#domain/wording-evidence/evidence-file.ts'
import { makePrivateKey, openHubKey } from '#hub/signing/hub-key.ts'
import { ANN, BEN, INCIDENT, sha256 } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { isSigned } from '../../../src/command-line/signature.ts'
import { runInside, runJsonInside } from '../../command-line/run-inside.ts'
import { CARA, contentWith, DAN, EVE, openApprovalHub, revisionId, VERA, type ApprovalHub } from './approval-hub.ts'

const OVERRULED = { ruleId: 'personal-data', excerpt: '138****1001', reason: '公司对外的值班手机' }
const HOSTILE = '</script><script>alert(1)</script><!--stormroom:seal-->\n<img src=x onerror=alert(1)> “"\'&amp;\u2028'

const tools = { sha256, isSigned }

async function exported(hub: ApprovalHub, number: number, asking = ANN) {
  const made = await hub
    .link(asking)
    .ask('team.approvalEvidence', { incidentId: INCIDENT, revisionId: revisionId(number), zone: 'Asia/Shanghai' })
  if (!made.ok) throw new Error(made.failure.code)
  return made.value
}

/** A text with a first revision that was released in an emergency, and a second one that both roles approved. */
async function approvedHub() {
  const hub = await openApprovalHub()
  const old = await hub.ask(1, contentWith('已停售，热线 {hotline}。'))
  await hub.publish(EVE, 1, old, '媒体一小时后发稿')
  const content = contentWith(`已停售同批次产品。${HOSTILE}`, '请拨 13876541001 或 {hotline}。')
  const hash = await hub.ask(2, content, { overruled: [OVERRULED] })
  const compared = { comparedWith: revisionId(1) }
  await hub.decide(CARA, 'legal', 2, hash, { ...compared, verdict: 'reject', note: `请改数字 ${HOSTILE}` })
  await hub.decide(CARA, 'legal', 2, hash, { ...compared, comments: [{ at: 'core', start: 0, end: 3, text: '可以' }] })
  await hub.decide(DAN, 'pr', 2, hash, compared)
  await hub.publish(BEN, 2, hash)
  return { hub, hash }
}

function dataOf(html: string): EvidenceData {
  const { data } = openEvidence(html, tools, null)
  if (!data) throw new Error('no data')
  return data
}

test('the evidence of an approval is proved, and says who approved which text, what they saw, and what was kept with which reason', async () => {
  const { hub, hash } = await approvedHub()
  const { html, keyFingerprint } = await exported(hub, 2)
  expect(openEvidence(html, tools, keyFingerprint).faults).toEqual([])
  const checked = checkEvidence(dataOf(html), sha256)
  expect(checked.ok && checked.proved.revision.hash).toBe(hash)
  for (const text of ['卡', '丹', '法务', 'Legal', OVERRULED.reason, OVERRULED.excerpt, hash, '[+', 'GMT+8', '后来由同一人的另一决定取代'])
    expect(html, text).toContain(text)
  // The three decisions and the release, each with the values that were read or said.
  expect(html.split('{hotline} = 400-800-1234')).toHaveLength(5)
  // Neither drafts nor other entities of the incident are in it.
  expect(dataOf(html).records.every(({ record }) => /"kind":"(revision|wording)"/.test(record.bytes))).toBe(true)
  expect(hub.faults).toEqual([])

  const file = join(makeTempFolder('evidence', 'quick'), 'evidence.html')
  writeFileSync(file, html)
  const { code, document } = await runJsonInside(['wording', 'verify', file, '--key', keyFingerprint.toUpperCase()])
  expect([code, document]).toMatchObject([
    0,
    {
      status: 'approved',
      number: 2,
      hash,
      keyKnown: true,
      approvals: [
        { name: '卡', as: 'legal' },
        { name: '丹', as: 'pr' },
      ],
      releases: [{ values: { hotline: '400-800-1234' }, valuesApproved: true }],
    },
  ])
  const other = await runInside(['wording', 'verify', file, '--key', '0'.repeat(64)], 'en')
  expect([other.code, other.out]).toEqual([5, 'Another hub signed it\n'])
  // The same bytes in another spelling are a change too.
  const signature = /"signature":"([^"]*)"/.exec(html)?.[1] ?? ''
  const last = signature.charAt(85)
  const unusedBit = signature.slice(0, 85) + String.fromCharCode(last.charCodeAt(0) + 1) + signature.slice(86)
  for (const spelt of [signature.replace('==', ''), ` ${signature}`, unusedBit]) {
    writeFileSync(file, html.replace(signature, spelt))
    expect((await runInside(['wording', 'verify', file], 'en')).code, spelt).toBe(5)
  }
  writeFileSync(file, html.replace('请拨 13876541001', '请拨 13876541002'))
  const changed = await runInside(['wording', 'verify', file], 'en')
  expect([changed.code, changed.out]).toEqual([5, 'The part “exact text” was changed\n'])
})

test('a release before approval is genuine, but no proof of an approval', async () => {
  const { hub } = await approvedHub()
  const { html } = await exported(hub, 1)
  const file = join(makeTempFolder('evidence', 'quick'), 'evidence.html')
  writeFileSync(file, html)
  const { code, document } = await runJsonInside(['wording', 'verify', file])
  expect([code, document]).toMatchObject([1, { status: 'in-review', emergency: true, failure: { code: 'wording-unapproved' } }])
  expect(html).toContain('紧急放行')
  expect(html).toContain('媒体一小时后发稿')
})

test('only members of the company who may read the text get its evidence', async () => {
  const { hub } = await approvedHub()
  const ask = (memberId: string, incidentId: string | null = INCIDENT) =>
    hub.link(memberId).ask('team.approvalEvidence', { incidentId, revisionId: revisionId(2), zone: 'UTC' })
  expect(await ask(CARA)).toMatchObject({ ok: true })
  expect(await ask(VERA)).toMatchObject({ ok: false, failure: { code: 'not-found' } })
  expect(await ask(ANN, null)).toMatchObject({ ok: false, failure: { code: 'not-found' } })
  await hub.submit(ANN, { type: 'incident.restrict', kind: 'incident', id: INCIDENT, body: { members: [ANN, BEN] } })
  expect(await ask(CARA)).toMatchObject({ ok: false, failure: { code: 'not-found' } })
})

test('hostile texts stay text: the page has no script but the two data blocks, and no part ends early', async () => {
  const { hub } = await approvedHub()
  const { html } = await exported(hub, 2)
  expect(html.match(/<script[^>]*>/g)).toEqual([
    '<script type="application/json" id="stormroom-evidence">',
    '<script type="application/json" id="stormroom-seal">',
  ])
  expect(html.match(/<img|onerror=alert\(1\)>/g)).toBeNull()
  expect(html.split('<!--stormroom:').length).toBe(EVIDENCE_PARTS.length + 2)
})

test('any changed, added or missing character is found, wherever it is', async () => {
  const { hub } = await approvedHub()
  const { html, keyFingerprint } = await exported(hub, 2)
  fc.assert(
    fc.property(
      fc.nat(html.length - 1),
      fc.constantFrom('x', ' ', '\n', '', '\u00a0', '<', '"', '\uFEFF'),
      fc.boolean(),
      (at, by, insert) => {
        const changed = html.slice(0, at) + by + html.slice(insert ? at : at + 1)
        if (changed !== html) expect(openEvidence(changed, tools, keyFingerprint).faults).not.toEqual([])
      },
    ),
    // A character that decoders of base64 pass over, at the end of the signature.
    { numRuns: 400, examples: ['\uFEFF', '\u00a0'].map((by) => [html.lastIndexOf('"}</script>'), by, true]) },
  )
  for (const changed of [`\uFEFF${html}`, html.replaceAll('\n', '\r\n'), `${html}\n`, html.slice(0, -1), '', html + html])
    expect(openEvidence(changed, tools, keyFingerprint).faults).not.toEqual([])
  const [first, second] = [html.indexOf('<!--stormroom:text-->'), html.indexOf('<!--stormroom:review-->')]
  const swapped = html.slice(0, first) + html.slice(second).replace('<!--stormroom:differences-->', html.slice(first, second))
  expect(openEvidence(swapped, tools, keyFingerprint).faults).toMatchObject([{ kind: 'layout' }])
})

test('a change in any part is named, and a page that another key sealed is not of this hub', async () => {
  const { hub } = await approvedHub()
  const { html, keyFingerprint } = await exported(hub, 2)
  for (const part of EVIDENCE_PARTS) {
    const changed = html.replace(`<!--stormroom:${part}-->\n`, (marker) => `${marker} `)
    expect(openEvidence(changed, tools, keyFingerprint).faults).toContainEqual({ kind: 'part', part })
  }
  const key = openHubKey(makePrivateKey())
  const parts = Object.fromEntries(EVIDENCE_PARTS.map((part) => [part, `<p>${part}</p>`])) as Record<
    (typeof EVIDENCE_PARTS)[number],
    string
  >
  const forged = sealEvidence({ ...parts, data: dataPart(dataOf(html)) }, { hubId: 'x', publicKey: key.publicKey, sign: key.sign }, sha256)
  expect(openEvidence(forged, tools, null).faults).toEqual([])
  expect(openEvidence(forged, tools, keyFingerprint).faults).toEqual([{ kind: 'other-key' }])
})

/** Every place of a value in nested objects and arrays. */
function placesIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, field]) => placesIn(field, [...path, Array.isArray(value) ? Number(name) : name]))
}

function withChange(data: EvidenceData, path: readonly (string | number)[]): EvidenceData {
  const copy = structuredClone(data) as unknown as Record<string | number, unknown>
  let at = copy
  for (const name of path.slice(0, -1)) at = at[name] as Record<string | number, unknown>
  const last = path.at(-1) ?? ''
  const old = at[last]
  at[last] = typeof old === 'number' ? old + 1 : `${String(old).slice(0, -1)}${String(old).endsWith('0') ? '1' : '0'}`
  return copy as unknown as EvidenceData
}

test('whatever is changed in a record, its hash shows it, even if the page was sealed anew', async () => {
  const { hub } = await approvedHub()
  const data = dataOf((await exported(hub, 2)).html)
  const places = placesIn(data.records, ['records'])
  expect(places.length).toBeGreaterThan(60)
  for (const place of places) {
    const checked = checkEvidence(withChange(data, place), sha256)
    expect(checked.ok, place.join('.')).toBe(false)
  }
  // Without one of its records, the revision or its approval does not follow.
  const without = (type: string) => ({ ...data, records: data.records.filter(({ record }) => !record.bytes.includes(`"${type}"`)) })
  expect(checkEvidence(without('revision.write'), sha256)).toMatchObject({ ok: false })
  expect(checkEvidence({ ...data, records: data.records.toReversed() }, sha256)).toMatchObject({ ok: false })
  expect(checkEvidence({ ...data, hash: '0'.repeat(64) }, sha256)).toMatchObject({ ok: false })
  expect(checkEvidence({ ...data, revisionId: data.wordingId }, sha256)).toMatchObject({ ok: false })
})
