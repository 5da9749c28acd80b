import type { TextRange } from '../text-range.ts'

/** What a clause says yes or no to: 无需返厂 is no to `need`. */
export type Answer = { predicate: string; value: 'yes' | 'no'; start: number; end: number }

/** The written forms of yes and no, by predicate. The forms of no come first, because they contain those of yes. */
const PREDICATES: readonly (readonly [predicate: string, no: string, yes: string])[] = [
  ['need', "不需要|不需|无需|无须|不必|不用|need not|needn't|do not need|don't need|no need", '需要|必须|须|need to|needs to|need'],
  ['affected', '不影响|未受影响|不受影响|没有影响|not affected|unaffected', '受影响|影响|affected'],
  ['support', '不支持|not support(?:ed)?', '支持|support(?:ed|s)?'],
  ['charge', '不收费|免费|不收取|free of charge|for free', '收费|收取|charged'],
  ['can', "不可以|不可|不能|无法|cannot|can't|can not|may not", '可以|能够|可|can|may'],
  ['have', '没有|不存在|未发现|并无|无', '存在|发现|有'],
  ['done', "尚未|还没有|还没|未|not yet|has not|have not|hasn't|haven't", '已经|已|has been|have been|already'],
  ['be', "不是|并非|不属于|is not|are not|isn't|aren't", '属于|是|is|are'],
]

const whole = (form: string) =>
  form
    .split('|')
    .map((one) => (/^[a-z]/u.test(one) ? String.raw`(?<![a-z])${one}(?![a-z])` : one))
    .join('|')
const FORMS = new RegExp(PREDICATES.map(([, no, yes], index) => `(?<n${index}>${whole(no)})|(?<y${index}>${whole(yes)})`).join('|'), 'iu')
/** A clause that asks, or says under which condition, states nothing. */
const OPEN_QUESTION = /吗|是否|是不是|能否|可否|有没有|如果|如需|如有|若|一旦|除非|(?<![a-z])(?:if|whether|unless)(?![a-z])/iu

/** The answer of a clause: that of its first predicate. Null if it states none. @param clause its range in the text */
export function answerOf(text: string, clause: TextRange): Answer | null {
  const words = text.slice(clause.start, clause.end)
  if (OPEN_QUESTION.test(words) || /^\s*[？?]/u.test(text.slice(clause.end, clause.end + 2))) return null
  const found = FORMS.exec(words)
  if (found === null) return null
  const [name] = Object.entries(found.groups ?? {}).find(([, form]) => form !== undefined) ?? ['y0']
  const [predicate = ''] = PREDICATES[Number(name.slice(1))] ?? []
  const start = clause.start + found.index
  return { predicate, value: name.startsWith('n') ? 'no' : 'yes', start, end: start + found[0].length }
}
