import { dataPart, type EvidencePart } from '#domain/wording-evidence/evidence-file.ts'
import { isApproved } from '#domain/wording-evidence/check-evidence.ts'
import { approvalOf } from '#domain/wording/approval.ts'
import { RevisionDecide, RevisionDecide2 } from '#domain/wording/revision-ops.ts'
import { fieldsOf, type WordingContent } from '#domain/wording/content.ts'
import type { PinnedComment } from '#domain/wording/wording.ts'
import type { Page } from './evidence-content.ts'
import { differencesPart, releasesPart } from './evidence-history.ts'
import { both, escapeHtml, type EvidenceWords } from './evidence-words.ts'

const STYLE = `
:root{color-scheme:light}
body{margin:0;padding:32px;font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1c2430;background:#fff}
main{max-width:52em;margin:0 auto}
h1{font-size:24px;margin:0 0 4px}h2{font-size:18px;margin:32px 0 8px;padding-bottom:4px;border-bottom:1px solid #c9ced6}h3{font-size:15px;margin:16px 0 4px}
p,dl,ol,ul{margin:4px 0}.en{color:#57606d;font-size:.88em}
dl{display:grid;grid-template-columns:minmax(9em,15em) 1fr;gap:4px 20px}dt{color:#39424f}dd{margin:0;overflow-wrap:anywhere}
.state{padding:10px 14px;border-left:4px solid #0b6b62;background:#eef4f1;font-weight:600}.state.open{border-color:#b45309;background:#fbf1e2}
.said{white-space:pre-wrap;overflow-wrap:anywhere}.field{padding:8px 0;border-bottom:1px solid #e4e7eb}
code{font:12px/1.5 ui-monospace,Consolas,monospace;overflow-wrap:anywhere}
ins{background:#d8f0dc;text-decoration:underline}del{background:#f8dada}
table{border-collapse:collapse;width:100%;font-size:13px}th,td{text-align:left;vertical-align:top;padding:4px 8px;border-bottom:1px solid #e4e7eb}
@media screen and (max-width:40em){body{padding:16px}dl,tbody,tr,td{display:block}dd{margin-bottom:8px}thead{display:none}tr{padding:8px 0;border-bottom:1px solid #e4e7eb}td{padding:0;border:0}}
@media print{body{padding:0}h2{break-after:avoid}tr,.field{break-inside:avoid}}
`

const row = (label: string, html: string) => `<dt>${label}</dt><dd>${html}</dd>\n`
const said = (text: string) => `<span class="said">${escapeHtml(text)}</span>`
const nameIn = ({ data }: Page, id: string): string => escapeHtml(data.names[id] ?? id)

const roles = (list: readonly (keyof EvidenceWords['role'])[], { inOrder }: { inOrder: boolean }) =>
  `${list.map((role) => both((words) => words.role[role])).join(inOrder ? ' → ' : ' + ')} · ${both((words) => (inOrder ? words.inOrder : words.parallel))}`

function atExportRow({ atExport }: Page): string {
  if (!atExport) return ''
  const { status, policy } = atExport
  return row(
    both((words) => words.atExport),
    `${both((words) => words.status[status])} · ${roles(policy.roles, policy)}`,
  )
}

function headPart(page: Page): string {
  const { data, revision, clock } = page
  const { status } = approvalOf(revision)
  const { review } = revision
  const asked = review
    ? row(
        both((words) => words.askedBy),
        `${nameIn(page, review.by)} · ${clock(review.at)}`,
      ) +
      row(
        both((words) => words.due),
        clock(review.dueAt),
      ) +
      row(
        both((words) => words.policy),
        roles(review.policy.roles, review.policy),
      ) +
      atExportRow(page)
    : ''
  return `<html lang="zh-Hans">
<head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width"><title>${escapeHtml(revision.content.title)} · Stormroom</title>
<style>${STYLE}</style></head>
<body><main>
<p>定风波 Stormroom · ${both((words) => words.title)}</p>
<h1>${escapeHtml(revision.content.title)}</h1>
<p class="state${isApproved(page) ? '' : ' open'}">${both((words) => words.status[status])}</p>
${isApproved(page) ? '' : `<p>${both((words) => words.unapproved)}</p>\n`}<dl>
${row(
  both((words) => words.team),
  escapeHtml(data.team),
)}${row(
    both((words) => words.place),
    data.incident ? escapeHtml(data.incident.title) : both((words) => words.library),
  )}${row(
    both((words) => words.revision),
    String(revision.number),
  )}${row(
    both((words) => words.hash),
    `<code>${data.hash}</code>`,
  )}${row(
    both((words) => words.writtenBy),
    `${nameIn(page, revision.by)} · ${clock(revision.at)}`,
  )}${
    revision.note === ''
      ? ''
      : row(
          both((words) => words.note),
          said(revision.note),
        )
  }${row(
    both((words) => words.contributors),
    revision.contributors.map((id) => nameIn(page, id)).join(' · '),
  )}${asked}${row(
    both((words) => words.export),
    `${nameIn(page, data.madeFor)} · ${clock(data.madeAt)}`,
  )}</dl>
`
}

/** What a field of a text is, for its label. */
function fieldLabel(content: WordingContent, at: string): string {
  const [list = '', id = '', field = ''] = at.split('.')
  const kind = content.blocks.find((block) => block.id === id)?.kind ?? 'text'
  const name =
    list === 'blocks' ? (field === 'text' ? kind : field) : list === 'variants' ? 'variant' : list === 'objections' ? field : list
  return both((words) => words.part[name as keyof EvidenceWords['part']] ?? name)
}

function textPart({ revision: { content } }: Page): string {
  const fields = fieldsOf(content).filter(({ text }) => text !== '')
  const shown = fields.map(
    ({ at, text }) => `<div class="field"><h3>${fieldLabel(content, at)}</h3><div class="said">${escapeHtml(text)}</div></div>`,
  )
  return `<h2>${both((words) => words.text)}</h2>\n${shown.join('\n')}\n`
}

function commentLine(content: WordingContent, { at, start, end, text }: PinnedComment): string {
  const quoted =
    fieldsOf(content)
      .find((field) => field.at === at)
      ?.text.slice(start, end) ?? ''
  return `<li>${both((words) => words.comment)} <q>${escapeHtml(quoted)}</q>: ${said(text)}</li>`
}

function reviewPart(page: Page): string {
  const { revision, data, ops, compared, clock } = page
  const given = ops.filter(({ op }) => op.type === 'revision.decide' && op.entity.id === data.revisionId)
  // All decisions in the order of the log: who rejected first and approved later did both.
  const decisions = given.map(({ record }) => {
    const decision = decisionAt(page, record.seq)
    if (!decision) return ''
    const { as, verdict, note, comments, comparedWith, values } = decision
    const seen = Object.entries(values).map(([name, value]) => `{${escapeHtml(name)}} = ${escapeHtml(value)}`)
    const other = compared.get(comparedWith ?? '')
    const stands = given.findLast((later) => later.record.actor === record.actor)?.record === record
    return `<div class="field"><h3>${nameIn(page, record.actor)} · ${both((words) => words.role[as])} · ${both((words) => words.verdict[verdict])} · ${clock(record.hubTime)}</h3>
${stands ? '' : `<p>${both((words) => words.changedMind)}</p>`}<p>${other ? `${both((words) => words.saw)} ${other.number} <code>${other.hash}</code>` : both((words) => words.sawNothing)}</p>
${seen.length === 0 ? '' : `<p>${both((words) => words.values)}: ${seen.join(' · ')}</p>`}${note === '' ? '' : `<p>${said(note)}</p>`}<ul>${comments.map((comment) => commentLine(revision.content, comment)).join('')}</ul></div>`
  })
  const overruled = revision.overruled.map(
    ({ ruleId, excerpt, reason }) =>
      `<li><code>${escapeHtml(ruleId)}</code> <q>${escapeHtml(excerpt)}</q> · ${both((words) => words.reason)}: ${said(reason)}</li>`,
  )
  return `<h2>${both((words) => words.decisions)}</h2>
${decisions.length > 0 ? decisions.join('\n') : `<p>${both((words) => words.noDecision)}</p>`}
<h2>${both((words) => words.overruled)}</h2>
${overruled.length > 0 ? `<ul>${overruled.join('\n')}</ul>` : `<p>${both((words) => words.noneOverruled)}</p>`}
`
}

/** The decision that a record holds. */
function decisionAt({ ops }: Page, seq: number) {
  const op = ops.find(({ record }) => record.seq === seq)?.op
  if (op?.version === 1) return { ...RevisionDecide.parse(op.body), values: {} }
  return op && RevisionDecide2.parse(op.body)
}

function recordsPart(page: Page): string {
  const rows = page.ops.map(
    ({ record, op }) =>
      `<tr><td>${record.seq}</td><td>${page.clock(record.hubTime)}</td><td>${nameIn(page, record.actor)}</td><td>${escapeHtml(op.type)}</td><td><code>${record.hash}</code></td></tr>`,
  )
  const head = (
    [(words) => words.seq, (words) => words.time, (words) => words.actor, (words) => words.type] as ((words: EvidenceWords) => string)[]
  ).map((pick) => `<th>${both(pick)}</th>`)
  return `<h2>${both((words) => words.records)}</h2>
<p>${both((words) => words.recordsText)}</p>
<table><thead><tr>${head.join('')}<th>SHA-256</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
<h2>${both((words) => words.check)}</h2>
<p>${both((words) => words.checkText)}</p>
<p><code>stormroom wording verify FILE --key ${page.keyFingerprint}</code></p>
<dl>${row(
    both((words) => words.key),
    `<code>${page.keyFingerprint}</code>`,
  )}</dl>
</main>
`
}

/** The parts of an evidence page: self-contained HTML in both languages, for reading and printing, and the records themselves. */
export function evidenceParts(page: Page): Record<EvidencePart, string> {
  return {
    head: headPart(page),
    text: textPart(page),
    review: reviewPart(page),
    differences: differencesPart(page),
    releases: releasesPart(page),
    records: recordsPart(page),
    data: dataPart(page.data),
  }
}
