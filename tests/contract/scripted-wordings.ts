import { HUB_ACTOR, incidentScope, Uuid } from '#domain/log/ids.ts'
import { contentHash, EMPTY_CONTENT, type Block, type WordingContent } from '#domain/wording/content.ts'
import type { Delivery } from '#domain/wording/delivery.ts'
import { editsTowards, openDraft } from '#domain/wording/draft-document.ts'
import { pinPassage } from '#domain/wording/draft-passage.ts'
import { starterLibrary } from '#replica/wording/starter-library.ts'
import { BEN, declareText, idOf, opText } from '#tests/support/log-texts.ts'
import { BULLETIN_BODIES } from '#tests/support/bulletin-samples.ts'
import type { Acts, Script } from './scripted-incident.ts'

const SCRIPT = { kind: 'script', statement: null, scenario: '', emotion: null, language: 'zh-Hans', preparedFor: '' } as const
const PROMISE: Block = { id: 'a', kind: 'commitment', text: '今天退款。', action: '退款', owner: '客服', deadline: '今天' }
const WORDS: WordingContent = { ...EMPTY_CONTENT, title: '停售', core: '我们已停售同批次产品。', blocks: [PROMISE] }

const PASSAGE = { passage: { at: 'core', start: 'AAAA', end: 'AAAA' }, quote: '我们' }

/** A text from its first draft to its withdrawal, one act at a time. */
export function wordingActs({ call, world, hear, clock }: Script): Acts {
  const of = () => ({ incidentId: world.incidentId })
  const wording = () => ({ incidentId: world['wordingIncident'] ?? world.incidentId, wordingId: world['wordingId'] ?? '' })
  const revision = () => ({ ...wording(), revisionId: world['revisionId'] ?? '', hash: world['hash'] ?? '' })
  const lastNote = async () => ({ ...wording(), noteId: (await call('draftNotes.list', wording()))[0]?.id ?? '' })
  return [
    ['set the value of a variable', () => call('wordings.setValues', { ...of(), values: { hotline: '400-1' } })],
    ['set a value of the team', () => call('wordings.setValues', { incidentId: null, values: { brand: '清泉' } })],
    [
      'write a text',
      async () => {
        const { id } = await call('wordings.create', { ...of(), place: SCRIPT, content: WORDS })
        world['wordingId'] = id
      },
    ],
    ['move a text', () => call('wordings.move', { ...wording(), place: { scenario: '起火' } })],
    [
      'edit a draft',
      async () => {
        const { doc } = await call('wordings.draft', wording())
        const [update = ''] = editsTowards(doc, { ...WORDS, core: '我们已停售，并全额退款。' }, 77)
        await call('wordings.edit', { ...wording(), update, generation: 0 })
      },
    ],
    [
      'put back what somebody wrote in a part that another deleted meanwhile, and dismiss what a third wrote',
      async () => {
        const { doc } = await call('wordings.draft', wording())
        const written = { ...WORDS, core: '我们已停售，并全额退款。' }
        const edits = [
          editsTowards(doc, { ...written, blocks: [{ ...PROMISE, text: `${PROMISE.text}请先断电。` }] }, 78),
          editsTowards(doc, { ...written, blocks: [] }, 79),
          editsTowards(doc, { ...written, blocks: [{ ...PROMISE, text: `${PROMISE.text}请停用。` }] }, 80),
        ]
        for (const update of edits.flat()) await call('wordings.edit', { ...wording(), update, generation: 0 })
        for (const putBack of [true, false]) {
          const [kept] = (await call('wordings.draft', wording())).kept
          await call('wordings.settleKept', { ...wording(), index: 0, at: kept?.at ?? 0, putBack })
        }
      },
    ],
    ['comment on the draft', () => call('draftNotes.add', { ...wording(), ...PASSAGE, body: '写明批次', replacement: null })],
    ['answer', async () => call('draftNotes.answer', { ...(await lastNote()), body: '好' })],
    ['resolve', async () => call('draftNotes.close', { ...(await lastNote()), how: 'resolved' })],
    [
      'suggest another text',
      async () => {
        const { doc } = await call('wordings.draft', wording())
        const passage = pinPassage(openDraft(doc), 'core', 0, 2)
        if (passage) await call('draftNotes.add', { ...wording(), passage, quote: '我们', body: '', replacement: '本公司' })
      },
    ],
    [
      'accept it',
      async () => {
        const note = (await call('draftNotes.list', wording())).find(({ replacement }) => replacement !== null)
        await call('draftNotes.accept', { ...wording(), noteId: note?.id ?? '' })
      },
    ],
    [
      'save a revision',
      async () => {
        const { last } = await call('wordings.save', { ...wording(), note: '', overruled: [], ask: false })
        world['revisionId'] = last?.id ?? ''
      },
    ],
    ['hold it from the bulletins', () => call('bulletins.hold', { ...of(), wordingId: world['wordingId'] ?? '', reason: '等产品确认' })],
    ['set the order of the bulletins', () => call('bulletins.reorder', { ...of(), order: [world['wordingId'] ?? ''] })],
    ['release it to the bulletins', () => call('bulletins.release', { ...of(), wordingId: world['wordingId'] ?? '' })],
    ['plan the bulletins', () => call('bulletins.setPlan', { ...of(), on: true, cadence: 30, offset: 480 })],
    ['ask for one now', () => call('bulletins.sendNow', of())],
    [
      'the hub issues a bulletin',
      () => {
        const id = idOf(0xe8)
        const scope = incidentScope(world.incidentId)
        const item = { wordingId: world['wordingId'] ?? '', revisionId: world['revisionId'] ?? '' }
        const body = BULLETIN_BODIES['bulletin.issue']
        const [shown] = body['items'] as Record<string, unknown>[]
        world['bulletinId'] = id
        return Promise.resolve(
          hear(
            scope,
            [opText({ type: 'bulletin.issue', kind: 'bulletin', id, scope, body: { ...body, items: [{ ...shown, ...item }] } })],
            HUB_ACTOR,
          ),
        )
      },
    ],
    ['submit it', () => call('wordings.ask', { ...wording(), revisionId: world['revisionId'] ?? '' })],
    ['restore a revision', () => call('wordings.restore', { ...wording(), revisionId: world['revisionId'] ?? '' })],
    [
      'let the commander approve texts alone',
      async () => {
        const { rules, version } = await call('rules.get', {})
        const policy = { roles: ['commander' as const], inOrder: false, dueMinutes: 30 }
        return call('rules.set', { version, rules: { ...rules, approvals: [{ kind: null, level: null, policy }] } })
      },
    ],
    [
      'another asks for the approval of a text',
      () => {
        const [incidentId, wordingId, revisionId] = [idOf(0xe0), idOf(0xe1), idOf(0xe2)]
        const scope = incidentScope(incidentId)
        const hash = contentHash(WORDS)
        const { title, core } = WORDS
        const written = { wordingId, number: 1, content: WORDS, base: null, contributors: [], note: '', overruled: [] }
        const policy = { roles: ['commander'], inOrder: false, dueMinutes: 30 }
        const said = (kind: string, id: string, type: string, body: Record<string, unknown>) => opText({ type, kind, id, scope, body })
        Object.assign(world, { wordingIncident: incidentId, wordingId, revisionId, hash })
        const texts = [
          declareText(incidentId),
          said('wording', wordingId, 'wording.create', { place: SCRIPT, title, core, origin: null }),
          said('wording-draft', wordingId, 'wording-draft.start', { content: WORDS, authors: [] }),
          said('revision', revisionId, 'revision.write', written),
          said('wording', wordingId, 'wording.add-revision', { revisionId, number: 1, hash, title, core }),
          said('revision', revisionId, 'revision.ask', { hash, policy, asked: [world.me] }),
        ]
        return Promise.resolve(hear(scope, texts, BEN))
      },
    ],
    ['remove it from the library', () => call('wordings.remove', { ...wording(), removed: true })],
    ['bring it back', () => call('wordings.remove', { ...wording(), removed: false })],
    [
      'approve it',
      () =>
        call('wordings.decide', {
          ...revision(),
          verdict: 'approve',
          as: 'commander',
          comparedWith: null,
          values: {},
          note: '',
          comments: [],
        }),
    ],
    [
      'publish it with a promise',
      () => {
        const promises = [{ blockId: 'a', dueAt: clock.now() + 3_600_000, ownerId: null }]
        const delivery: Delivery = { groups: [Uuid.parse(world['groupId'])], urgency: 'urgent', confirmWithin: 15 }
        return call('wordings.publish', { ...revision(), from: null, until: null, summary: '', delivery, promises })
      },
    ],
    [
      'keep the promise',
      async () => {
        const { incidentId } = wording()
        const [promise] = await call('promises.list', { incidentId })
        return call('promises.keep', { incidentId, promiseId: promise?.id ?? '', note: '' })
      },
    ],
    ['let another approve in the own role', () => call('wordings.delegate', { to: BEN, as: 'commander', until: clock.now() + 3_600_000 })],
    ['copy it', () => call('wordings.copy', { from: world['wordingId'] ?? '', incidentId: world['wordingIncident'] ?? null })],
    ['withdraw it', () => call('wordings.withdraw', { ...wording(), reason: '有误', instead: '' })],
    ['remove it', () => call('wordings.remove', { ...wording(), removed: true })],
    [
      'add starter texts',
      () => call('wordings.takeStarter', { ...of(), language: 'zh-Hans', ids: [starterLibrary('zh-Hans')[0]?.id ?? ''] }),
    ],
  ]
}
