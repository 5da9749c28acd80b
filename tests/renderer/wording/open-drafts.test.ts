import { expect, test } from 'vitest'
import { done, fail, type Result } from '#contract/failures.ts'
import { EMPTY_CONTENT } from '#domain/wording/content.ts'
import { changeText, seedDraft } from '#domain/wording/draft-document.ts'
import { createDraftSession, OWN, type DraftSession } from '../../../src/renderer/features/wording/editor/draft-session.ts'
import { createOpenDrafts } from '../../../src/renderer/features/wording/editor/open-drafts.ts'

const TIMERS = { set: () => 0, clear: () => {} }
const SEED = seedDraft(EMPTY_CONTENT)

function opener() {
  let failing = false
  const made: DraftSession[] = []
  const write = (): Promise<Result<null>> => Promise.resolve(failing ? fail('disconnected') : done(null))
  return {
    fail: (now: boolean) => (failing = now),
    made,
    open: () => {
      const session = createDraftSession(SEED, 7 + made.length, write, TIMERS)
      made.push(session)
      return session
    },
  }
}

test('a draft that could not be written is the same when it is opened again, and says that it is not saved', async () => {
  const { fail: failing, open, made } = opener()
  const drafts = createOpenDrafts()
  const first = drafts.enter('text', open)
  failing(true)
  changeText(first.session.doc.getText('core'), '第一句', OWN)
  drafts.leave('text')
  await Promise.resolve()
  const again = drafts.enter('text', open)
  expect([again.session === first.session, made.length]).toEqual([true, 1])
  expect(again.session.doc.getText('core').toString()).toBe('第一句')
  await again.session.flush()
  expect(again.session.state().phase).toBe('failed')
  expect(drafts.flushAll()).toBe(true)
  await new Promise(setImmediate)
  failing(false)
  await again.session.flush()
  expect(drafts.flushAll()).toBe(false)
  drafts.leave('text')
  await new Promise(setImmediate)
  expect(drafts.enter('text', open).session).not.toBe(first.session)
})

test('a draft that is written after its editor is closed ends by itself', async () => {
  const { fail: failing, open } = opener()
  const drafts = createOpenDrafts()
  const { session } = drafts.enter('text', open)
  failing(true)
  changeText(session.doc.getText('core'), '第一句', OWN)
  drafts.leave('text')
  await new Promise(setImmediate)
  failing(false)
  await session.flush()
  await new Promise(setImmediate)
  expect(drafts.enter('text', open).session).not.toBe(session)
})

test('the note and the reasons for the next revision survive another tab of the page', async () => {
  const { open } = opener()
  const drafts = createOpenDrafts()
  const first = drafts.enter('text', open)
  first.setBeside({ note: '改了电话' })
  first.setBeside({ reasons: { 'rule 全额赔偿': '法务已确认' } })
  drafts.leave('text')
  await new Promise(setImmediate)
  expect(drafts.enter('text', open).beside()).toEqual({ note: '改了电话', reasons: { 'rule 全额赔偿': '法务已确认' } })
})
