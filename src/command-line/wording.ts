import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import type { WordingFileFormat } from '#contract/wording-file-api.ts'
import { fieldsOf, isEmptyContent, type WordingContent } from '#domain/wording/content.ts'
import { changedFacts } from '#domain/wording/text/difference/changed-facts.ts'
import { difference, type Segment } from '#domain/wording/text/difference/difference.ts'
import { checkText } from '#domain/wording/text/checks/check-text.ts'
import { prepareRules } from '#domain/wording/text/checks/prepare-rules.ts'
import { DEFAULT_RULES } from '#domain/wording/text/checks/shipped/default-rules.ts'
import { fromMarkdown } from '#domain/wording/wording-markdown.ts'
import type { WordingKind } from '#domain/wording/wording.ts'
import { WORDING_KINDS } from '#domain/wording/wording.ts'
import type { Command } from 'commander'
import { withWorkspace, type WorkspaceClient } from './workspace-client.ts'
import { failed } from './exit-codes.ts'
import { findIncident } from './find-incident.ts'
import { oneOf } from './option-values.ts'
import type { Outcome } from './outcome.ts'
import type { EveryCommand, Session } from './session.ts'
import { exportEvidence, verifyEvidence } from './wording-evidence.ts'
import { writeWhole } from './write-exported.ts'

/** A text file larger than this is no wording. Bytes. */
const MAX_FILE = 1024 * 1024

type Read = { ok: true; content: WordingContent } | { ok: false; outcome: Outcome }

/** Reads a wording from a Markdown or plain text file in UTF-8. */
async function readWording(file: string): Promise<Read> {
  const refuse = (outcome: Outcome): Read => ({ ok: false, outcome })
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) return refuse(failed('file-not-found', { file }))
  if (found.size > MAX_FILE) return refuse(failed('file-too-large', { size: found.size, limit: MAX_FILE }))
  const bytes = await readFile(file).catch(() => null)
  if (bytes === null) return refuse(failed('file-not-readable', { file }))
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse(failed('file-not-text', { file }))
  }
  const read = fromMarkdown(text)
  if (!read.ok) return refuse(failed('wording-file', { file, detail: read.detail }))
  return isEmptyContent(read.content) && read.content.title === '' ? refuse(failed('file-empty', { file })) : read
}

const paragraphsOf = (content: WordingContent) => fieldsOf(content).flatMap(({ text }) => (text === '' ? [] : [text]))

/** A difference in one line: what was removed and what was added, in brackets. */
function lineOf(segments: readonly Segment[]): string {
  return segments.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`)).join('')
}

type Options = EveryCommand & {
  incident?: string
  language?: 'zh-Hans' | 'en'
  kind?: WordingKind
  scenario?: string
  dryRun?: boolean
  key?: string
}

/** The library of an incident, or the standing one. */
async function libraryOf(
  client: WorkspaceClient,
  incident: string | undefined,
): Promise<{ ok: true; incidentId: string | null } | Outcome> {
  if (incident === undefined) return { ok: true, incidentId: null }
  const found = await findIncident(client, incident)
  return found.ok ? { ok: true, incidentId: found.value.id } : found
}

/** What a file is written as, by its ending. */
const FORMATS: ReadonlyMap<string, WordingFileFormat> = new Map([
  ['.md', 'md'],
  ['.docx', 'docx'],
  ['.xlsx', 'xlsx'],
  ['.csv', 'csv'],
])

/** Endings of files with many texts, which are read as on the screen. */
const TABLES: ReadonlySet<string> = new Set(['.xlsx', '.csv', '.tsv', '.json', '.docx'])

/** Imports the texts of a table or a Word document; drafts whose words are in no version are left alone. */
function importTable(session: Session, options: Options, file: string): Promise<Outcome> {
  const { t, language } = session.words
  return withWorkspace(session, options, 'write', async (client) => {
    const library = await libraryOf(client, options.incident)
    if (!('incidentId' in library)) return library
    const check = await client.call('wordings.checkFile', {
      incidentId: library.incidentId,
      source: { path: resolve(file) },
      kind: options.kind ?? 'script',
      language: options.language ?? language,
    })
    if (!check.ok) return check
    const { sourceId, counts } = check.value
    const lines = [t('wording.import.table', counts)]
    if (options.dryRun === true) return { ok: true, document: { check: check.value }, lines }
    const made = await client.call('wordings.importFile', { sourceId })
    return made.ok ? { ok: true, document: { counts, ...made.value }, lines } : made
  })
}

/** `stormroom wording`: checks and compares texts, and moves them between files and the library. */
export function addWording(program: Command, session: Session): Command {
  const { t, language } = session.words
  const wording = program.command('wording').description(t('wording.about'))
  const own = (name: string, about: string, run: (options: Options, args: string[]) => Promise<Outcome>) =>
    wording
      .command(name)
      .description(about)
      .action((...given: unknown[]) => {
        const command = given.at(-1) as Command
        const options: Options = command.optsWithGlobals()
        return session.run(options.json === true, () => run(options, command.args))
      })

  own('check', t('wording.check.about'), async (options, [file = '']) => {
    const read = await readWording(file)
    if (!read.ok) return read.outcome
    const fields = fieldsOf(read.content)
    const spoken = options.language ?? language
    const findings = checkText({ text: fields.map(({ text }) => text), rules: prepareRules(DEFAULT_RULES, spoken) }).map((finding) => ({
      ...finding,
      at: fields[finding.block]?.at ?? '',
    }))
    const words = (text: string, params: Readonly<Record<string, string | number>>) =>
      text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
    const lines = findings.map((finding) =>
      t('wording.check.line', {
        severity: t(`wording.severity.${finding.severity}`),
        at: finding.at,
        excerpt: finding.excerpt,
        message: words(finding.message[language], finding.params),
        suggestion: words(finding.suggestion[language], finding.params),
        basis: finding.source[language],
      }),
    )
    const blocking = findings.filter(({ severity }) => severity === 'block').length
    if (blocking > 0) return { ...failed('wording-blocked', { count: blocking }), document: { findings }, lines }
    return { ok: true, document: { findings }, lines: lines.length > 0 ? lines : [t('wording.check.none')] }
  })
    .argument('<file>', t('wording.file'))
    .option('--language <language>', t('wording.language'), oneOf(['zh-Hans', 'en']))

  own('diff', t('wording.diff.about'), async (_options, [one = '', other = '']) => {
    const before = await readWording(one)
    if (!before.ok) return before.outcome
    const after = await readWording(other)
    if (!after.ok) return after.outcome
    const [old, fresh] = [paragraphsOf(before.content), paragraphsOf(after.content)]
    const paragraphs = difference(old, fresh)
    const facts = changedFacts(old, fresh)
    const lines = [
      ...facts.map((fact) => t('wording.diff.fact', { before: fact.before?.text ?? '–', after: fact.after?.text ?? '–' })),
      ...paragraphs.filter(({ kind }) => kind !== 'same').map(({ segments }) => lineOf(segments)),
    ]
    return { ok: true, document: { paragraphs, facts }, lines: lines.length > 0 ? lines : [t('wording.diff.same')] }
  })
    .argument('<before>', t('wording.file'))
    .argument('<after>', t('wording.file'))

  own('list', t('wording.list.about'), (options) =>
    withWorkspace(session, options, 'read', async (client) => {
      const library = await libraryOf(client, options.incident)
      if (!('incidentId' in library)) return library
      const list = await client.call('wordings.list', { incidentId: library.incidentId })
      if (!list.ok) return list
      const lines = list.value.map(({ id, title, status, live, last, scenario }) =>
        t('wording.list.line', { id, title, scenario, status: t(`wording.status.${status}`), number: live?.number ?? last?.number ?? 0 }),
      )
      return { ok: true, document: { wordings: list.value }, lines: lines.length > 0 ? lines : [t('wording.list.none')] }
    }),
  ).option('--incident <incident>', t('wording.incident'))

  own('import', t('wording.import.about'), async (options, [file = '']) => {
    if (TABLES.has(extname(file).toLowerCase())) return importTable(session, options, file)
    const read = await readWording(file)
    if (!read.ok) return read.outcome
    const { content } = read
    const preview = {
      title: content.title,
      blocks: content.blocks.length,
      objections: content.objections.length,
      variants: content.variants.length,
    }
    if (options.dryRun === true) return { ok: true, document: { content }, lines: [t('wording.import.preview', preview)] }
    return withWorkspace(session, options, 'write', async (client) => {
      const library = await libraryOf(client, options.incident)
      if (!('incidentId' in library)) return library
      const place = {
        kind: options.kind ?? 'script',
        statement: null,
        scenario: options.scenario ?? '',
        emotion: null,
        language: options.language ?? language,
        preparedFor: '',
      } as const
      const made = await client.call('wordings.create', { incidentId: library.incidentId, place, content })
      return made.ok
        ? { ok: true, document: { wording: made.value }, lines: [t('wording.import.done', { ...preview, id: made.value.id })] }
        : made
    })
  })
    .argument('<file>', t('wording.file'))
    .option('--incident <incident>', t('wording.incident'))
    .option('--kind <kind>', t('wording.kind'), oneOf(WORDING_KINDS))
    .option('--scenario <scenario>', t('wording.scenario'))
    .option('--language <language>', t('wording.language'), oneOf(['zh-Hans', 'en']))
    .option('--dry-run', t('wording.dry-run'))

  own('export', t('wording.export.about'), async (options, [id = '', file = '']) => {
    const format = FORMATS.get(extname(file).toLowerCase())
    if (format === undefined) return failed('file-ending', { file, endings: [...FORMATS.keys()].join(', ') })
    if (existsSync(file)) return failed('file-exists', { file })
    return withWorkspace(session, options, 'read', async (client) => {
      const library = await libraryOf(client, options.incident)
      if (!('incidentId' in library)) return library
      const { incidentId } = library
      const found = await client.call('wordings.get', { incidentId, wordingId: id })
      if (!found.ok) return found
      const shown = found.value.live ?? found.value.last
      if (!shown) return failed('wording-no-revision', { title: found.value.title })
      const made = await client.call('wordings.exportFile', { incidentId, wordingId: id, format, language })
      if (!made.ok) return made
      const refused = await writeWhole(client, made.value, resolve(file))
      if (refused) return refused
      const { number } = shown
      const hash = found.value.revisions.find((one) => one.number === number)?.hash ?? ''
      const { status } = found.value
      return {
        ok: true,
        document: { file, format, number, hash, status },
        lines: [
          t('wording.export.done', { file, number, hash: hash.slice(0, 12) }),
          ...(found.value.live ? [] : [t('wording.export.not-in-use', { status: t(`wording.status.${status}`) })]),
        ],
      }
    })
  })
    .argument('<wording>', t('wording.id'))
    .argument('<file>', t('wording.file-out'))
    .option('--incident <incident>', t('wording.incident'))

  own('evidence', t('wording.evidence.about'), (options, [id = '', file = '']) =>
    withWorkspace(session, options, 'read', async (client) => {
      const library = await libraryOf(client, options.incident)
      if (!('incidentId' in library)) return library
      return exportEvidence(client, { incidentId: library.incidentId, wordingId: id }, file, session.words)
    }),
  )
    .argument('<wording>', t('wording.id'))
    .argument('<file>', t('wording.file-out'))
    .option('--incident <incident>', t('wording.incident'))

  own('verify', t('wording.verify.about'), (options, [file = '']) => verifyEvidence(file, options.key ?? null, session.words))
    .argument('<evidence>', t('wording.verify.file'))
    .option('--key <fingerprint>', t('wording.verify.key'))
  return wording
}
