import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fail, done, type Result } from '#contract/failures.ts'
import { EMPTY_CONTENT } from '#domain/wording/content.ts'
import { applyEdit, changeText, MAX_EDIT, openDraft, seedDraft } from '#domain/wording/draft-document.ts'
import { textsOf } from '../../../src/renderer/features/wording/editor/draft-parts.ts'
import { placesOf, selectedIn } from '../../../src/renderer/features/wording/editor/notes/note-places.ts'
import { createDraftSession, OWN } from '../../../src/renderer/features/wording/editor/draft-session.ts'

/** A stored draft that takes edits as the hub does, or fails as told. */
function store() {
  let draft: { doc: string; clients: Record<string, string> } = { doc: seedDraft(EMPTY_CONTENT), clients: {} }
  const sizes: number[] = []
  let failing = false
  return {
    sizes,
    fail: (now: boolean) => (failing = now),
    doc: () => draft.doc,
    text: () => openDraft(draft.doc).getText('core').toString(),
    /** The hub refuses what was written since: the device shows the draft of that moment again. */
    takeBack: (to: typeof draft) => (draft = to),
    now: () => draft,
    write(actor: string) {
      return (update: string): Promise<Result<null>> => {
        if (failing) return Promise.resolve(fail('not-saved'))
        sizes.push(update.length)
        const applied = applyEdit(draft, update, actor)
        if (!applied.ok) return Promise.resolve(fail('draft-edit', { problem: applied.problem }))
        draft = applied
        return Promise.resolve(done(null))
      }
    },
  }
}

const due: (() => void)[] = []
const TIMERS = { set: (act: () => void) => due.push(act), clear: () => {} }

test('typing is written in batches; a failure keeps it, and the next attempt writes all of it', async () => {
  const stored = store()
  const session = createDraftSession(stored.doc(), 77, stored.write('ann'), TIMERS)
  const core = session.doc.getText('core')
  changeText(core, '第一句', OWN)
  changeText(core, '第一句，第二句', OWN)
  expect(session.state().phase).toBe('writing')
  expect(await session.flush()).toBe(true)
  expect([stored.text(), stored.sizes.length, session.state().phase]).toEqual(['第一句，第二句', 1, 'saved'])
  stored.fail(true)
  changeText(core, '第一句，第二句，第三句', OWN)
  expect(await session.flush()).toBe(false)
  expect(session.state()).toEqual({ phase: 'failed', failure: { code: 'not-saved', params: {} } })
  changeText(core, '第一句，第二句，第三句。', OWN)
  stored.fail(false)
  expect(await session.flush()).toBe(true)
  expect([stored.text(), session.state().phase]).toEqual(['第一句，第二句，第三句。', 'saved'])
})

test('two editors on one draft end with the same text; what comes from the other is not written again, or undone', async () => {
  const stored = store()
  const ann = createDraftSession(stored.doc(), 77, stored.write('ann'), TIMERS)
  const ben = createDraftSession(stored.doc(), 88, stored.write('ben'), TIMERS)
  changeText(ann.doc.getText('core'), '安', OWN)
  changeText(ben.doc.getText('core'), '本', OWN)
  await ann.flush()
  await ben.flush()
  const writes = stored.sizes.length
  ann.receive(stored.doc())
  ben.receive(stored.doc())
  expect(ann.doc.getText('core').toString()).toBe(ben.doc.getText('core').toString())
  expect(ann.doc.getText('core').toString()).toHaveLength(2)
  await ann.flush()
  expect(stored.sizes).toHaveLength(writes)
  ann.undo.undo()
  expect(ann.doc.getText('core').toString()).toBe('本')
  await ann.flush()
  ben.receive(stored.doc())
  expect(ben.doc.getText('core').toString()).toBe('本')
})

test('a paste of 20,000 characters is written in edits that each fit, in order', async () => {
  const stored = store()
  const session = createDraftSession(stored.doc(), 77, stored.write('ann'), TIMERS)
  for (const list of ['一', '二'])
    session.doc.transact(() => session.doc.getText(list === '一' ? 'title' : 'core').insert(0, list.repeat(7900)), OWN)
  changeText(session.doc.getText('title'), '火'.repeat(7900), OWN)
  expect(await session.flush()).toBe(true)
  expect(Math.max(...stored.sizes)).toBeLessThanOrEqual(MAX_EDIT)
  expect(stored.sizes.length).toBeGreaterThan(1)
  expect(stored.text()).toBe('二'.repeat(7900))
  expect(Y.encodeStateVector(openDraft(stored.doc()))).toEqual(Y.encodeStateVector(session.doc))
})

test('after the hub has refused one edit, the next writes it again: nothing that was typed stays behind', async () => {
  const stored = store()
  const session = createDraftSession(stored.doc(), 77, stored.write('ann'), TIMERS)
  const core = session.doc.getText('core')
  const before = stored.now()
  changeText(core, '第一句', OWN)
  expect(await session.flush()).toBe(true)
  stored.takeBack(before)
  session.receive(stored.doc())
  changeText(core, '第一句，第二句', OWN)
  expect(await session.flush()).toBe(true)
  expect([stored.text(), session.state()]).toEqual(['第一句，第二句', { phase: 'saved', failure: null }])
})

test('what the stored draft lost is not shown as saved, and can be written again', async () => {
  const stored = store()
  const session = createDraftSession(stored.doc(), 77, stored.write('ann'), TIMERS)
  const before = stored.now()
  changeText(session.doc.getText('core'), '第一句', OWN)
  await session.flush()
  const written = stored.now()
  stored.takeBack(before)
  session.receive(stored.doc())
  // A read that began before the write says nothing: the next one has it.
  stored.takeBack(written)
  session.receive(stored.doc())
  due.splice(0).forEach((act) => act())
  expect(session.state().phase).toBe('saved')
  stored.takeBack(before)
  session.receive(stored.doc())
  due.splice(0).forEach((act) => act())
  expect(session.state()).toEqual({ phase: 'failed', failure: { code: 'draft-edit', params: { problem: 'incomplete' } } })
  expect(await session.writeAll()).toBe(true)
  expect([stored.text(), session.state().phase]).toEqual(['第一句', 'saved'])
})

test('the whole text can be copied out of the document, also when a part is longer than a revision may be', () => {
  const content = { ...EMPTY_CONTENT, title: '停售', objections: [{ id: 'a', ask: '为什么', answer: '因为' }] }
  const session = createDraftSession(seedDraft(content), 77, () => Promise.resolve(fail('not-saved')), TIMERS)
  const long = '火'.repeat(9000)
  changeText(session.doc.getText('core'), long, OWN)
  expect(textsOf(session.doc)).toEqual(['停售', long, '为什么', '因为'])
})

test('a comment is on what is selected, and tells what stands there now', () => {
  const doc = openDraft(seedDraft({ ...EMPTY_CONTENT, core: '退款三天到账。' }))
  doc.clientID = 77
  const selected = selectedIn(doc, 'core', 2, 4)
  expect(selected?.quote).toBe('三天')
  if (!selected) throw new Error('nothing selected')
  const note = { id: 'n', ...selected }
  const core = doc.getText('core')
  changeText(core, '您好，退款三天到账。')
  expect(placesOf(doc, [note]).get('n')).toEqual({ at: 'core', start: 5, end: 7, reads: '三天' })
  changeText(core, '您好，退款到账。')
  expect(placesOf(doc, [note]).get('n')).toMatchObject({ start: 5, end: 5, reads: '' })
  expect(placesOf(doc, [{ ...note, id: 'gone', passage: { ...note.passage, at: 'blocks.x.text' } }]).size).toBe(0)
  // Nothing, blanks, more than a note may quote, and a field that is not there.
  expect([selectedIn(doc, 'core', 2, 2), selectedIn(doc, 'blocks.x.text', 0, 1)]).toEqual([null, null])
  changeText(core, `  ${'火'.repeat(500)}`)
  expect([selectedIn(doc, 'core', 0, 2), selectedIn(doc, 'core', 2, 450)]).toEqual([null, null])
})
