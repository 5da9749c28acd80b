import { fieldsOf } from '#domain/wording/content.ts'
import { approvalOf } from '#domain/wording/approval.ts'
import { difference } from '#domain/wording/text/difference/difference.ts'
import type { PastRelease, Release, RevisionState } from '#domain/wording/wording.ts'
import type { Page } from './evidence-content.ts'
import { both, escapeHtml } from './evidence-words.ts'

const textsOf = ({ content }: RevisionState) => fieldsOf(content).flatMap(({ text }) => (text.trim() === '' ? [] : [text]))

function differenceBetween(before: RevisionState, after: RevisionState): string {
  const changed = difference(textsOf(before), textsOf(after)).filter(({ kind }) => kind !== 'same')
  const lines = changed.map(({ segments }) => {
    const html = segments.map(({ kind, text }) => {
      const shown = escapeHtml(text)
      if (kind === 'same') return shown
      // Words as well as colours, for a print in black and white.
      return kind === 'added' ? `<ins>[+${shown}+]</ins>` : `<del>[−${shown}−]</del>`
    })
    return `<div class="field said">${html.join('')}</div>`
  })
  return `<h3>${both((words) => words.from, { from: before.number, to: after.number })}</h3>
${lines.length > 0 ? lines.join('\n') : `<p>${both((words) => words.sameText)}</p>`}`
}

/** What approvers saw as the difference to another revision, recomputed from the texts. */
export function differencesPart({ revision, compared }: Pick<Page, 'revision' | 'compared'>): string {
  const shown = [...compared.values()].map((before) => differenceBetween(before, revision))
  return `<h2>${both((words) => words.differences)}</h2>
${shown.length > 0 ? `<p><ins>[+${both((words) => words.added)}+]</ins> <del>[−${both((words) => words.removed)}−]</del></p>\n${shown.join('\n')}` : `<p>${both((words) => words.noDifference)}</p>`}
`
}

function releaseLines(page: Page, release: Release | PastRelease): string {
  const { clock, revision } = page
  const name = (id: string) => escapeHtml(page.data.names[id] ?? id)
  const { emergency, values, summary, until } = release
  const ratified = approvalOf(revision).status === 'approved'
  const lines = [
    `<b>${both((words) => (emergency === null ? words.published : words.emergency))}</b> · ${name(release.by)} · ${clock(release.at)}${until === null ? '' : ` · ${both((words) => words.until)} ${clock(until)}`}`,
    ...(emergency === null
      ? []
      : [
          `${both((words) => words.reason)}: ${escapeHtml(emergency)}`,
          `<b>${both((words) => (ratified ? words.ratified : words.notRatified))}</b>`,
        ]),
    ...(summary === '' ? [] : [`${both((words) => words.summary)}: ${escapeHtml(summary)}`]),
    ...(Object.keys(values).length === 0
      ? []
      : [
          `${both((words) => words.values)}: ${Object.entries(values)
            .map(([variable, value]) => `{${escapeHtml(variable)}} = ${escapeHtml(value)}`)
            .join(' · ')}`,
        ]),
    ...('end' in release && release.end === 'withdrawn'
      ? [
          `<b>${both((words) => words.withdrawn)}</b> · ${name(release.endedBy)} · ${clock(release.endedAt)} · ${both((words) => words.reason)}: ${escapeHtml(release.reason)}`,
          ...(release.instead === '' ? [] : [`${both((words) => words.instead)}: ${escapeHtml(release.instead)}`]),
        ]
      : []),
  ]
  return `<div class="field">${lines.map((line) => `<p>${line}</p>`).join('')}</div>`
}

/** When this revision was published, released before its approval, and withdrawn. */
export function releasesPart(page: Page): string {
  const { wording, data } = page
  const own = [...wording.past, ...(wording.live ? [wording.live] : [])].filter(({ revisionId }) => revisionId === data.revisionId)
  return `<h2>${both((words) => words.releases)}</h2>
${own.length > 0 ? own.map((release) => releaseLines(page, release)).join('\n') : `<p>${both((words) => words.neverReleased)}</p>`}
`
}
