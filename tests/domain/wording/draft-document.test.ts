import fc from 'fast-check'
import { toBase64 } from 'lib0/buffer'
import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { EMPTY_CONTENT, type WordingContent } from '#domain/wording/content.ts'
import {
  applyEdit,
  changeDraft,
  changeText,
  editsTowards,
  encodeDraft,
  insertPart,
  MAX_EDIT,
  openDraft,
  packUpdates,
  readDraft,
  seedDraft,
} from '#domain/wording/draft-document.ts'

const CONTENT: WordingContent = {
  title: '起火视频 首次回应',
  core: '我们已停售同批次产品，正在检测。',
  blocks: [
    { id: 'a', kind: 'empathy', text: '我理解您的担心。', action: '', owner: '', deadline: '' },
    { id: 'b', kind: 'commitment', text: '我们会在今天下午三点前回电。', action: '回电', owner: '质检', deadline: '今天 15:00' },
  ],
  objections: [{ id: 'o', ask: '凭什么信你们？', answer: '检测由第三方完成。' }],
  variants: [{ id: 'v', audience: 'silver', channel: 'phone', text: '请您先不要用。' }],
}

const contentOf = (encoded: string): WordingContent => {
  const read = readDraft(openDraft(encoded))
  if (!read.ok) throw new Error(read.problem)
  return read.content
}

/** The update of a person's edit on an encoded draft. */
function edit(encoded: string, client: number, act: (doc: Y.Doc) => void): string {
  const doc = openDraft(encoded)
  const before = Y.encodeStateVector(doc)
  doc.clientID = client
  doc.transact(() => act(doc))
  return toBase64(Y.encodeStateAsUpdate(doc, before))
}

const start = () => ({ doc: seedDraft(CONTENT), clients: {} })

test('MS-03: a draft reads back as the content that it began with, and is equal on every device', () => {
  expect(contentOf(seedDraft(CONTENT))).toEqual(CONTENT)
  expect(seedDraft(CONTENT)).toBe(seedDraft(structuredClone(CONTENT)))
  expect(contentOf(seedDraft(EMPTY_CONTENT))).toEqual(EMPTY_CONTENT)
})

test('two people write at once, in any order of delivery: both texts stay', () => {
  const draft = start()
  const one = edit(draft.doc, 11, (doc) => changeText(doc.getText('core'), `${CONTENT.core}请停止使用。`))
  const other = edit(draft.doc, 22, (doc) => insertPart(doc, 'blocks', 'c', 2, { kind: 'text', text: '热线已开通。' }))
  const orders = [
    [one, 'ann', other, 'ben'],
    [other, 'ben', one, 'ann'],
  ] as const
  const [first, second] = orders.map(([a, byA, b, byB]) => {
    const half = applyEdit(draft, a, byA)
    if (!half.ok) throw new Error(half.problem)
    const whole = applyEdit(half, b, byB)
    if (!whole.ok) throw new Error(whole.problem)
    return contentOf(whole.doc)
  })
  expect(first).toEqual(second)
  expect(first?.core).toContain('请停止使用。')
  expect(first?.blocks.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('an edit towards a content makes the draft that content, and keeps untouched parts', () => {
  const to = { ...CONTENT, title: '新标题', blocks: CONTENT.blocks.slice(1), variants: [] }
  const [update, ...more] = editsTowards(seedDraft(CONTENT), to, 77)
  expect(more).toEqual([])
  const edited = applyEdit(start(), update ?? '', 'ann')
  if (!edited.ok) throw new Error(edited.problem)
  expect(contentOf(edited.doc)).toEqual(to)
})

test('nobody writes under the client id of another, or of the beginning', () => {
  const first = applyEdit(
    start(),
    edit(seedDraft(CONTENT), 11, (doc) => doc.getText('core').insert(0, '甲')),
    'ann',
  )
  if (!first.ok) throw new Error(first.problem)
  const forged = edit(first.doc, 11, (doc) => doc.getText('core').insert(0, '伪'))
  expect(applyEdit(first, forged, 'ben')).toEqual({ ok: false, problem: 'client-of-another' })
  expect(applyEdit(first, forged, 'ann').ok).toBe(true)
  const seed = edit(first.doc, 1, (doc) => doc.getText('core').insert(0, '伪'))
  expect(applyEdit(first, seed, 'ann')).toEqual({ ok: false, problem: 'client-of-another' })
  // Sent twice, an edit changes nothing the second time, whoever sends it.
  const twice = applyEdit(
    first,
    edit(seedDraft(CONTENT), 11, (doc) => doc.getText('core').insert(0, '甲')),
    'ben',
  )
  expect(twice.ok && contentOf(twice.doc).core).toBe(contentOf(first.doc).core)
})

test.each([
  ['a foreign root', (doc: Y.Doc) => doc.getMap('more').set('a', 1)],
  ['a format', (doc: Y.Doc) => doc.getText('core').format(0, 2, { bold: true })],
  ['an embedded object', (doc: Y.Doc) => doc.getText('core').insertEmbed(0, { image: 'x' })],
  ['markup', (doc: Y.Doc) => doc.getXmlFragment('html').insert(0, [new Y.XmlElement('script')])],
  ['a field of another name', (doc: Y.Doc) => (doc.getMap('blocks').get('a') as Y.Map<unknown>).set('onclick', 'x')],
  ['a kind of part that does not exist', (doc: Y.Doc) => (doc.getMap('blocks').get('a') as Y.Map<unknown>).set('kind', 'iframe')],
  ['text that is no text type', (doc: Y.Doc) => (doc.getMap('blocks').get('a') as Y.Map<unknown>).set('text', '字')],
  ['an order that is no number', (doc: Y.Doc) => (doc.getMap('blocks').get('a') as Y.Map<unknown>).set('order', '1')],
  ['a part with an odd id', (doc: Y.Doc) => insertPart(doc, 'blocks', '../x', 1, { kind: 'text' })],
  ['a nested map', (doc: Y.Doc) => (doc.getMap('blocks').get('a') as Y.Map<unknown>).set('text', new Y.Map())],
])('%s is refused', (_what, act) => {
  const update = edit(seedDraft(CONTENT), 33, act)
  expect(applyEdit(start(), update, 'ann')).toEqual({ ok: false, problem: 'unknown-content' })
})

test('a text far too long is refused', () => {
  const update = edit(seedDraft(CONTENT), 33, (doc) => doc.getText('core').insert(0, '长'.repeat(9000)))
  expect(applyEdit(start(), update, 'ann')).toEqual({ ok: false, problem: 'too-long' })
})

test('an update that needs others, or that is spoilt, changes nothing and never throws', () => {
  const doc = openDraft(seedDraft(CONTENT))
  doc.clientID = 44
  doc.getText('core').insert(0, '一')
  const between = Y.encodeStateVector(doc)
  doc.getText('core').insert(1, '二')
  const second = toBase64(Y.encodeStateAsUpdate(doc, between))
  expect(applyEdit(start(), second, 'ann')).toEqual({ ok: false, problem: 'incomplete' })

  const bytes = Y.encodeStateAsUpdate(doc)
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
      const spoilt = bytes.slice()
      for (const [at, value] of changes) spoilt[at] = value
      const applied = applyEdit(start(), toBase64(spoilt), 'ann')
      if (applied.ok) expect(readDraft(openDraft(applied.doc)).ok).toBe(true)
    }),
    { numRuns: 600 },
  )
  expect(applyEdit(start(), '%%%%', 'ann').ok).toBe(false)
})

test('random edits of three people, delivered in any order, end equal', () => {
  const act = fc.record({
    who: fc.nat(2),
    field: fc.constantFrom('title', 'core', 'a', 'b'),
    text: fc.string({ maxLength: 12, unit: 'binary' }),
    part: fc.option(fc.constantFrom('n1', 'n2')),
  })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), fc.infiniteStream(fc.nat(5)), (acts, dice) => {
      const seed = seedDraft(CONTENT)
      const people = ['ann', 'ben', 'cara'].map((name, index) => {
        const doc = openDraft(seed)
        doc.clientID = 100 + index
        return { name, doc, updates: [] as string[] }
      })
      for (const { who, field, text, part } of acts) {
        const person = people[who]
        if (!person) continue
        const before = Y.encodeStateVector(person.doc)
        person.doc.transact(() => {
          const block = person.doc.getMap('blocks').get(field)
          const target =
            field === 'title' || field === 'core' ? person.doc.getText(field) : block instanceof Y.Map ? block.get('text') : null
          if (target instanceof Y.Text) changeText(target, text.toWellFormed())
          if (part && !person.doc.getMap('objections').has(part))
            insertPart(person.doc, 'objections', part, who, { ask: text.toWellFormed(), answer: '' })
        })
        person.updates.push(toBase64(Y.encodeStateAsUpdate(person.doc, before)))
      }
      const deliver = () => {
        let draft: { doc: string; clients: Record<string, string> } = { doc: seed, clients: {} }
        const queues = people.map(({ name, updates }) => ({ name, updates: [...updates] }))
        while (queues.some(({ updates }) => updates.length > 0)) {
          const left = queues.filter(({ updates }) => updates.length > 0)
          const next = left[(dice.next().value ?? 0) % left.length]
          const applied = applyEdit(draft, next?.updates.shift() ?? '', next?.name ?? '')
          if (!applied.ok) throw new Error(applied.problem)
          draft = applied
        }
        return contentOf(draft.doc)
      }
      expect(deliver()).toEqual(deliver())
    }),
    { numRuns: 60 },
  )
})

test('a change of a text keeps what others write elsewhere, and whole characters', () => {
  const doc = new Y.Doc()
  const text = doc.getText('core')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (from, to) => {
      text.delete(0, text.length)
      text.insert(0, from)
      changeText(text, to)
      expect(text.toString()).toBe(to)
    }),
  )
  text.delete(0, text.length)
  text.insert(0, '😀')
  changeText(text, '😁')
  expect(text.toString()).toBe('😁')
})

test('changing a draft to the content that it has writes nothing', () => {
  const doc = openDraft(seedDraft(CONTENT))
  const before = encodeDraft(doc)
  changeDraft(doc, CONTENT)
  expect(encodeDraft(doc)).toBe(before)
})

test('20,000 characters become edits that each fit in an op', () => {
  const part = (id: string) => ({ id, kind: 'text', text: '火'.repeat(4000), action: '', owner: '', deadline: '' }) as const
  const long = { ...CONTENT, title: '长', blocks: ['p', 'q', 'r', 's'].map(part), objections: [], variants: [] }
  let draft: { doc: string; clients: Record<string, string> } = start()
  const updates = editsTowards(draft.doc, long, 77)
  expect(updates.length).toBeGreaterThan(1)
  for (const update of updates) {
    expect(update.length).toBeLessThanOrEqual(MAX_EDIT)
    const applied = applyEdit(draft, update, 'ann')
    if (!applied.ok) throw new Error(applied.problem)
    draft = applied
  }
  expect(contentOf(draft.doc)).toEqual(long)

  const doc = new Y.Doc()
  const sizes: number[] = []
  doc.on('update', (update: Uint8Array) => void sizes.push(toBase64(update).length))
  changeText(doc.getText('core'), '😀火'.repeat(7000))
  expect(doc.getText('core').toString()).toBe('😀火'.repeat(7000))
  expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_EDIT)
})

/** An update of one-character items into the core message. `origin`: what each claims to stand behind; null: nothing. */
function scattered(client: number, count: number, letter: string, origin: { client: number; clock: number } | null = null): string {
  const encoder = encoding.createEncoder()
  for (const head of [1, count, client, 0]) encoding.writeVarUint(encoder, head)
  for (let item = 0; item < count; item += 1) {
    encoding.writeUint8(encoder, origin ? 0x84 : 4)
    if (origin) for (const part of [origin.client, origin.clock]) encoding.writeVarUint(encoder, part)
    else {
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarString(encoder, 'core')
    }
    encoding.writeVarString(encoder, letter)
  }
  encoding.writeVarUint(encoder, 0)
  return toBase64(encoding.toUint8Array(encoder))
}

test('items that Yjs would have to scan for are bounded in an edit and in a draft; what people type is none of them', () => {
  expect(applyEdit(start(), scattered(900, 2001, '字'), 'ann')).toEqual({ ok: false, problem: 'too-long' })
  expect(applyEdit(start(), scattered(900, 2000, '字'), 'ann')).toEqual({ ok: false, problem: 'too-long' })
  expect(applyEdit(start(), scattered(900, 2000, '字', { client: 1, clock: 20 }), 'ann')).toEqual({ ok: false, problem: 'too-long' })
  expect(applyEdit(start(), scattered(900, 1, ''), 'ann')).toEqual({ ok: false, problem: 'not-a-document' })

  // Someone who adds a few each time comes no further.
  let draft: Extract<ReturnType<typeof applyEdit>, { ok: true }> | null = null
  let refused: ReturnType<typeof applyEdit> | null = null
  for (let client = 900; client < 1000 && !refused; client += 1) {
    const next = applyEdit(draft ?? start(), scattered(client, 20, '字'), 'ann')
    if (next.ok) draft = next
    else refused = next
  }
  expect(refused).toEqual({ ok: false, problem: 'too-long' })
  expect(draft?.conflicts).toBeGreaterThan(150)

  // A long text, typed at random places, corrected, taken back and moved about by one person, has no such item.
  const doc = openDraft(seedDraft(CONTENT))
  let stored: Parameters<typeof applyEdit>[0] = start()
  const undo = new Y.UndoManager([doc.getText('core'), doc.getMap('blocks')])
  doc.clientID = 55
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => void updates.push(update))
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(9), fc.string({ maxLength: 3, unit: 'grapheme-ascii' }), (place, act, letters) => {
      const text = doc.getText('core')
      const at = place % (text.length + 1)
      if (act < 5) text.insert(at, `${letters}.`)
      else if (act < 7) text.delete(at, Math.min(2, text.length - at))
      else if (act === 7) undo.undo()
      else insertPart(doc, 'blocks', `p${place}`, place, { kind: 'text', text: letters })
      if (text.length > 3000) text.delete(0, 2900)
      for (const update of packUpdates(updates.splice(0))) {
        const next = applyEdit(stored, update, 'ann')
        if (!next.ok) throw new Error(next.problem)
        stored = next
      }
    }),
    { numRuns: 400 },
  )
  expect(stored.conflicts).toBeLessThan(5)
})

test('an order beyond all others leaves no place between two parts', () => {
  const update = edit(seedDraft(CONTENT), 33, (doc) => void (doc.getMap('blocks').get('a') as Y.Map<unknown>).set('order', 1e300))
  expect(applyEdit(start(), update, 'ann')).toEqual({ ok: false, problem: 'unknown-content' })
})

test('text in a part that another deletes is set aside, whichever of both comes first; seen text is not', () => {
  const textOf = (doc: Y.Doc) => (doc.getMap('blocks').get('a') as Y.Map<unknown>).get('text') as Y.Text
  const typed = edit(seedDraft(CONTENT), 11, (doc) => textOf(doc).insert(0, '请先断电。'))
  const removed = edit(seedDraft(CONTENT), 22, (doc) => doc.getMap('blocks').delete('a'))
  const apply = (...edits: [string, string][]) =>
    edits.reduce<{ draft: Parameters<typeof applyEdit>[0]; lost: unknown[] }>(
      ({ draft, lost }, [update, by]) => {
        const next = applyEdit(draft, update, by)
        if (!next.ok) throw new Error(next.problem)
        return { draft: next, lost: [...lost, ...next.lost] }
      },
      { draft: start(), lost: [] },
    )
  expect(apply([typed, 'ann'], [removed, 'ben']).lost).toEqual([{ text: '请先断电。我理解您的担心。', by: 'ann' }])
  expect(apply([removed, 'ben'], [typed, 'ann']).lost).toEqual([{ text: '请先断电。', by: 'ann' }])
  const { draft } = apply([typed, 'ann'])
  const seen = edit(draft.doc, 33, (doc) => doc.getMap('blocks').delete('a'))
  expect(apply([typed, 'ann'], [seen, 'cara']).lost).toEqual([])
})

test('only a commitment has an action, an owner and a deadline; they return with the kind', () => {
  const kindTo = (encoded: string, kind: string) =>
    edit(encoded, 33, (doc) => void (doc.getMap('blocks').get('b') as Y.Map<unknown>).set('kind', kind))
  const plain = applyEdit(start(), kindTo(seedDraft(CONTENT), 'text'), 'ann')
  if (!plain.ok) throw new Error(plain.problem)
  expect(contentOf(plain.doc).blocks[1]).toMatchObject({ kind: 'text', action: '', owner: '', deadline: '' })
  const back = applyEdit(plain, kindTo(plain.doc, 'commitment'), 'ann')
  expect(back.ok && contentOf(back.doc)).toEqual(CONTENT)
})
