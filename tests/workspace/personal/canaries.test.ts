import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { readSheets } from '#tests/support/excel-sheets.ts'
import { api, type CallInput, type CallName } from '#contract/api.ts'
import { ExportFormat } from '#contract/file-api.ts'
import { eventsOf } from '#hub/webhooks/events.ts'
import { LogRecord } from '#domain/log/record.ts'
import { openReadyWorkspace, waitForJob, waitForSync } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

/** Distinct numbers and addresses that can be recognized wherever they leak. */
function canaries() {
  const planted = new Set<string>()
  let next = 1000
  const phone = () => {
    next += 7
    const number = `1387654${next}`
    // The last seven digits identify the number as well (A4).
    planted.add(number.slice(-7))
    return number
  }
  const mail = () => {
    next += 7
    planted.add(`canary${next}@`)
    return `canary${next}@example.com`
  }
  const card = () => {
    next += 7
    planted.add(`19900101${next}`)
    return `110105${`19900101${next}`.padEnd(12, '0')}`
  }
  return { planted, phone, mail, card, all: (words: string) => `${words} ${phone()}，${mail()}，证 ${card()}` }
}

const asText = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) => (one instanceof Uint8Array ? Buffer.from(one).toString() : one)) ?? ''

type Inputs = { [Name in CallName]?: CallInput<Name> }

/** Calls that write, act on the machine or need a shell; their answers are checked where the calls are made. */
const NO_READS: readonly RegExp[] = [
  /^workspace\.(setUp|setPreferences|backUpNow|restoreBackup|openReadOnly|dismissAttention|redoAttention|noteMissing)$/,
  /^texts\.restore$/,
  // Of the membership calls, only those that return data about others are read.
  /^membership\.(?!state|present|unsent|thisDevice)/,
  /^members\.(change|revoke|restore|passOwnership)$/,
  /^team\.(?!about|invites|sessions|tokens|webhooks|accessLog)/,
  /^agents\.(?!list|links|reach|feedback|use)/,
  /^incidents\.(markSign|meetClock|reopenClock|grantAuthority|endAuthority|restrict|unrestrict|changeLevel|setStatus)$/,
  /^(timeline\.(star|link)|notices\.(read|readAll)|following\.set)$/,
  /^people\.remove$/,
  /^(tasks\.(tick|create)|plans\.(retire|apply))$/,
  /^rules\.set$/,
  // Texts that are written to be published are shown exactly as they are approved (see the contract); checks keep numbers out of them.
  /^wordings\./,
  // A promise repeats a published text; its reasons are notes of the timeline, which are read.
  /^promises\.(?!list)/,
  // Bulletins repeat published texts, which are shown as they are.
  /^bulletins\./,
  // They answer with nothing.
  /^draftNotes\.(close|accept)$/,
  /^risk\.(assess|judgeSuggestion)$/,
  /^imports\.(cancel|undo|restore|write|check)$/,
  /^files\./,
  /^evidence\./,
  /^exports\./,
  /^demo\./,
  /^personal\.reveal$/,
]

test('R1, T3, A4, LI-03: a canary in every text field comes out of no call, no export, no log and no webhook', async () => {
  const { planted, phone, mail, card, all } = canaries()
  const folder = makeTempFolder('canaries', 'quick')
  const under = await openReadyWorkspace(join(folder, 'data'))
  const answers: { name: string; text: string }[] = []
  const act = async <Name extends CallName>(name: Name, input: CallInput<Name>) => {
    const value = await under.value(name, input)
    answers.push({ name, text: asText(value) })
    return value
  }

  await act('workspace.updateMe', { name: `安 ${phone()}` })
  await act('membership.host', { teamName: `应急组 ${phone()}`, port: 0, login: 'an', password: 'drei-kurze-wellen' })
  await act('team.invite', {
    role: 'call-center',
    vendor: { company: `外呼 ${phone()}`, from: 0, until: Date.now() + 86_400_000 },
    note: `给 ${phone()}`,
    hours: 24,
  })
  await act('team.createToken', { name: `监测 ${phone()}`, kind: 'personal', scopes: ['timeline:read'], days: 1 })
  const { id: incidentId } = await act('incidents.declare', {
    title: `起火 ${phone()} ${mail()}`,
    type: 'product-problem',
    level: 1,
    stage: 'initial-complaint',
    known: all('客户'),
  })
  await act('incidents.revise', { incidentId, title: `起火 ${phone()}`, known: all('两位客户') })
  const entry = await act('timeline.record', {
    incidentId,
    kind: 'decision',
    text: all('致电'),
    decision: { reason: all('伤势'), decidedBy: `王 ${phone()}` },
    tags: [phone()],
  })
  const other = await act('timeline.record', {
    incidentId,
    kind: 'statement',
    text: `${'声'.repeat(72)}${phone()}${'，'.repeat(30)}${all('联系人')}`,
  })
  const path = join(folder, `录音${phone()}.mp3`)
  writeFileSync(path, 'x')
  const kept = await act('evidence.keepPath', { path })
  await act('timeline.attach', { incidentId, entryId: entry.id, hash: kept.hash, name: `录音${phone()}.mp3` })
  await act('timeline.comment', { incidentId, entryId: entry.id, text: all('评论') })
  await act('timeline.correct', {
    incidentId,
    entryId: entry.id,
    content: { kind: 'decision', text: all('更正'), happenedAt: entry.happenedAt, decision: { reason: phone(), decidedBy: phone() } },
    reason: all('写错'),
  })
  await act('timeline.tag', { incidentId, entryId: entry.id, add: [mail().slice(0, 30)], remove: [] })
  await act('timeline.link', { incidentId, entryId: entry.id, to: other.id, relation: 'relates' })
  const place = { kind: 'script', statement: null, scenario: '', emotion: null, language: 'zh-Hans', preparedFor: '' } as const
  const content = { title: '起火', core: '已停售。', blocks: [], objections: [], variants: [] }
  const { id: wordingId } = await under.value('wordings.create', { incidentId, place, content })
  const passage = { at: 'core', start: 'AAAA', end: 'AAAA' }
  await act('draftNotes.add', { incidentId, wordingId, passage, quote: '停售', body: all('客户说'), replacement: null })
  const [note] = await under.value('draftNotes.list', { incidentId, wordingId })
  await act('draftNotes.answer', { incidentId, wordingId, noteId: note?.id ?? '', body: all('回拨') })
  const task = await act('tasks.create', {
    incidentId,
    task: {
      title: `回访 ${phone()}`,
      detail: all('详情'),
      phase: `阶段 ${phone()}`,
      department: 'call-center',
      owner: `李 ${phone()}`,
      dueAt: Date.now(),
      checklist: [`拨 ${phone()}`, card()],
      blockedBy: [],
    },
  })
  const before = await act('tasks.create', {
    incidentId,
    task: { title: `先办 ${phone()}`, detail: '', phase: '预警', department: null, owner: '', dueAt: null, checklist: [], blockedBy: [] },
  })
  await act('tasks.revise', { incidentId, taskId: task.id, change: { blockedBy: [before.id], owner: `赵 ${phone()}` } })
  await act('tasks.move', { incidentId, taskId: task.id, to: 'dropped', note: all('不打了') })
  const person = await act('people.assign', {
    incidentId,
    layer: 'execution',
    department: 'pr',
    name: `陈 ${phone()}`,
    backup: mail(),
    duty: all('对外'),
  })
  await act('incidents.stopClock', { incidentId, clock: 'apology', reason: all('无过错') })
  await act('incidents.changeLevel', { incidentId, to: 2, reason: all('回落') })
  await act('risk.enterNumber', {
    incidentId,
    series: { name: `投诉 ${phone()}`, unit: phone(), metric: 'spread', reading: 'increments' },
    value: 3,
  })
  const [numbers] = await act('incidents.series', { incidentId })
  await act('risk.reviseSeries', { incidentId, seriesId: numbers?.id ?? '', name: `咨询 ${phone()}`, unit: phone() })
  const { inputs } = await act('risk.get', { incidentId })
  await act('risk.assess', { incidentId, inputs: { ...inputs, opinionLeaders: 3 }, verdict: 'noted', reason: all('研判') })
  const plan = await act('plans.save', {
    version: 0,
    note: phone(),
    content: {
      title: `预案 ${phone()}`,
      purpose: mail(),
      types: ['product-problem'],
      phases: [{ key: 'a', title: phone(), fromHour: 0, toHour: 4 }],
      tasks: [
        {
          key: 'c',
          phase: 'a',
          title: `联系 ${phone()}`,
          detail: card(),
          department: 'business',
          due: null,
          checklist: [mail()],
          after: [],
        },
      ],
      source: phone(),
    },
  })
  await act('plans.apply', { incidentId, planId: plan.id, language: 'zh-Hans' })

  const table = join(folder, `客户${phone()}.csv`)
  writeFileSync(table, `时间,内容,电话\n2026-11-20 10:00,${all('来电').replaceAll('，', ' ')},${phone()}\n不是时间,${phone()},${mail()}\n`)
  const inspected = await act('imports.inspect', { incidentId, source: { path: table } })
  const checked = await act('imports.check', {
    incidentId,
    sourceId: inspected.sourceId,
    plan: { target: 'timeline', mapping: { happenedAt: '时间', text: ['内容', '电话'], defaultKind: 'customer-voice' } },
  })
  const jobId = checked.jobId
  await waitForJob(under, jobId)
  await act('imports.write', { jobId })
  expect(await waitForJob(under, jobId)).toMatchObject({ phase: 'complete', check: { good: 1, refused: 1 } })
  // A contact's channels are shown unmasked; other text about a contact is masked as everywhere.
  const contact = await act('contacts.add', {
    contact: {
      name: `钱 ${phone()}`,
      organization: `外呼 ${phone()}`,
      position: mail(),
      department: null,
      layer: null,
      note: all('夜间'),
      memberId: null,
    },
    channels: [{ kind: 'landline', address: '95588', label: phone() }],
  })
  const contactId = contact.id
  await act('contacts.revise', { contactId, change: { note: all('改') } })
  const two = await act('contacts.setChannel', { contactId, channel: { kind: 'landline', address: '12345', label: phone() } })
  const [first, second] = two.channels
  await act('contacts.verifyChannel', { contactId, channelId: first?.id ?? '', address: '95588', how: 'answered' })
  await act('contacts.removeChannel', { contactId, channelId: second?.id ?? '' })
  const people = join(folder, `联络${phone()}.csv`)
  writeFileSync(people, `姓名,座机,备注\n赵 ${phone()},10086,${all('白天').replaceAll('，', ' ')}\n`)
  const listed = await act('contacts.checkFile', { source: { path: people } })
  const imported = await act('contacts.importFile', { sourceId: listed.sourceId })
  await act('contacts.remove', { contactIds: imported.contacts.map(({ contactId: id }) => id), removed: true })
  await act('contacts.undoImport', { contacts: imported.contacts })
  const groupId = (
    await act('agentGroups.create', {
      group: {
        name: `热线 ${phone()}`,
        vendor: `外呼 ${phone()}`,
        team: phone(),
        skill: mail(),
        channel: 'phone',
        language: null,
        leads: [],
      },
    })
  ).id
  await act('agentGroups.change', { groupId, change: { team: `夜班 ${phone()}` } })
  await act('agentGroups.remove', { groupId, removed: true })
  await act('incidents.handOver', { incidentId, memberId: null, name: `韩 ${phone()}`, summary: all('交接') })
  await waitForSync(under)

  const reads: Inputs = {
    'workspace.status': {},
    'workspace.updateMe': {},
    'workspace.members': {},
    'workspace.verify': {},
    'workspace.backups': {},
    'workspace.attention': {},
    'membership.thisDevice': {},
    'membership.state': {},
    'membership.present': {},
    'membership.unsent': {},
    'team.about': {},
    'team.invites': {},
    'team.login': {},
    'team.sessions': { memberId: null },
    'team.tokens': {},
    'team.webhooks': {},
    'team.accessLog': { before: null, memberId: null },
    'agents.list': { groupId: null },
    'agents.links': {},
    'agents.reach': { incidentId },
    'agents.feedback': { incidentId },
    'agents.use': { incidentId, hours: 24 },
    'incidents.list': {},
    'incidents.changes': { since: null },
    'incidents.get': { incidentId },
    'incidents.series': { incidentId },
    'incidents.openPoints': { incidentId },
    'incidents.waiting': { limit: 500 },
    'incidents.risks': {},
    'incidents.outline': { incidentId },
    'incidents.wall': { incidentId },
    'timeline.outline': { incidentId, filter: {}, zone: 'Asia/Shanghai' },
    'timeline.page': { incidentId, filter: {}, page: 0 },
    'timeline.density': { incidentId, filter: {}, zone: 'Asia/Shanghai' },
    'timeline.locate': { incidentId, entryId: entry.id, filter: {} },
    'timeline.entry': { incidentId, entryId: entry.id },
    'imports.job': { jobId },
    'imports.list': { incidentId },
    'search.query': { text: '来电' },
    'people.list': { incidentId },
    'tasks.list': { incidentId },
    'tasks.summary': { incidentId, now: Date.UTC(2026, 2, 1) },
    'tasks.page': { incidentId, filter: 'all' },
    'tasks.plans': { incidentId },
    'tasks.get': { incidentId, taskId: task.id },
    'plans.list': {},
    'plans.versions': { planId: plan.id },
    'rules.get': {},
    'contacts.list': { removed: true },
    'promises.list': { incidentId },
    'agentGroups.list': { removed: true },
    'draftNotes.list': { incidentId, wordingId },
    'risk.get': { incidentId },
    'notices.list': {},
    'notices.unread': {},
    'notices.takeNew': {},
    'following.get': { incidentId },
    'personal.reveals': { incidentId: null, memberId: null, before: null },
    'workspace.missing': {},
    'texts.versions': { incidentId, kind: 'incident', id: incidentId, field: 'known' },
  }
  const series = await under.value('incidents.series', { incidentId })
  reads['incidents.seriesPoints'] = { incidentId, seriesId: series[0]?.id ?? '' }
  const acted = new Set<string>(answers.map(({ name }) => name))
  const FILES: readonly CallName[] = ['workspace.exportReadable', 'imports.refusedAsFile', 'personal.revealsAsFile']
  const forgotten = (Object.keys(api) as CallName[]).filter(
    (name) => !(name in reads) && !acted.has(name) && !FILES.includes(name) && !NO_READS.some((form) => form.test(name)),
  )
  // A new call must be added to one of the lists above.
  expect(forgotten).toEqual([])

  // Reveal one text, so that the list of reveals is checked as well.
  const looked = await under.value('personal.reveal', {
    incidentId,
    of: { kind: 'entry', id: other.id, field: 'text' },
    reason: 'call-back',
    words: `回访 ${phone()}`,
  })
  expect(looked.text).toContain('1387654')
  for (const [name, input] of Object.entries(reads)) {
    const answer = await under.call(name as CallName, input as never)
    expect([name, answer.ok]).toEqual([name, true])
    answers.push({ name, text: asText(answer) })
  }

  async function fetchFile(
    name: string,
    { exportId, size, fileName }: { exportId: string; size: number; fileName: string },
  ): Promise<Buffer> {
    const pieces: Uint8Array[] = []
    for (let offset = 0; offset < size;) {
      const { bytes } = await under.value('exports.read', { exportId, offset })
      pieces.push(bytes)
      offset += bytes.byteLength
    }
    const bytes = Buffer.concat(pieces)
    answers.push({ name: `${name} ${fileName}`, text: fileName + bytes.toString() })
    return bytes
  }
  for (const format of ExportFormat.options) {
    const bytes = await fetchFile(
      format,
      await under.value('exports.make', { incidentId, format, language: 'zh-Hans', zone: 'Asia/Shanghai' }),
    )
    if (format !== 'xlsx') continue
    const cells = await readSheets(bytes)
    expect(asText(cells)).toContain('138****')
    answers.push({ name: 'xlsx', text: asText(cells) })
  }
  await fetchFile('refused', await under.value('imports.refusedAsFile', { jobId, language: 'zh-Hans' }))
  await fetchFile(
    'reveals',
    await under.value('personal.revealsAsFile', { incidentId: null, memberId: null, language: 'en', zone: 'Asia/Shanghai' }),
  )
  await fetchFile('readable', await under.value('workspace.exportReadable', {}).then((made) => ({ ...made })))
  answers.push({ name: 'log', text: asText(under.log) })

  const records = hubRecords(join(folder, 'data', 'hub.db'))
  answers.push({ name: 'webhooks', text: asText(records.map(eventsOf)) })
  // The log itself holds all of them in full: nothing was masked on input.
  const log = asText(records)
  const strangers = [...planted].filter((canary) => !log.includes(canary))
  expect(strangers.length).toBeLessThan(12)
  expect(planted.size).toBeGreaterThan(60)

  const leaks = answers.flatMap(({ name, text }) =>
    [...planted].filter((canary) => text.includes(canary)).map((canary) => `${name}: ${canary}`),
  )
  expect(leaks).toEqual([])
  expect(answers.some(({ text }) => text.includes('138****'))).toBe(true)
  expect(under.faults).toEqual([])
  expect(person.name).toMatch(/^陈 138\*{4}\d{4}$/)
}, 60_000)

type Row = { scope: string; seq: number; hub_time: number; actor: string; outcome: string; bytes: string; hash: string }

/** The records of the hub's log, read from its file. */
function hubRecords(file: string): LogRecord[] {
  const db = new Database(file, { readonly: true })
  try {
    const rows = db.prepare<[], Row>('SELECT * FROM record').all()
    return rows.map(({ scope, seq, hub_time, actor, outcome, bytes, hash }) =>
      LogRecord.parse({ scope, seq, hubTime: hub_time, actor, outcome: JSON.parse(outcome), bytes, hash }),
    )
  } finally {
    db.close()
  }
}
