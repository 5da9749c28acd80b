import { EMPTY_CONTENT, type WordingContent } from '#domain/wording/content.ts'
import { editsTowards, seedDraft } from '#domain/wording/draft-document.ts'
import { idOf } from '#tests/support/log-texts.ts'

/** A text with its first revision, for samples of ops. */
export const WORDING_ID = idOf(0xe1)
export const REVISION_ID = idOf(0xe2)
export const WORDS: WordingContent = {
  ...EMPTY_CONTENT,
  title: '退款',
  core: '退款由我们办理。',
  blocks: [{ id: 'a', kind: 'commitment', text: '请拨打 {hotline}。{constructor}', action: '退款', owner: '客服', deadline: '三天' }],
}
/** An edit of a draft of it. */
export const [EDIT = ''] = editsTowards(seedDraft(WORDS), { ...WORDS, core: '退款由我们全程办理。' }, 77)
