import { CONTENT_LIMITS } from '#domain/wording/content.ts'
import { editsTowards, openDraft, readDraft } from '#domain/wording/draft-document.ts'

/**
 * The edits that add an objection to a draft.
 * @param encoded the draft
 * @param ids an id for the objection, and a client id that nobody used yet
 * @returns null when it is there already; `full` when the draft takes no more, or cannot be read
 */
export function objectionEdits(encoded: string, ask: string, ids: { part: string; client: number }): readonly string[] | 'full' | null {
  const read = readDraft(openDraft(encoded))
  if (!read.ok || read.content.objections.length >= CONTENT_LIMITS.objections) return 'full'
  const { objections } = read.content
  if (objections.some((one) => one.ask.trim() === ask.trim())) return null
  return editsTowards(encoded, { ...read.content, objections: [...objections, { id: ids.part, ask, answer: '' }] }, ids.client)
}

/** Whether a draft answers, or asks, an objection in these words. */
export function hasObjection(encoded: string, ask: string): boolean {
  const read = readDraft(openDraft(encoded))
  return read.ok && read.content.objections.some((one) => one.ask.trim() === ask.trim())
}
