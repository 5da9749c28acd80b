import type { WordingColumn, WordingMapping } from '#contract/wording-file-api.ts'

/** Column names by the field they give; the first match applies. More specific names come first. */
const NAMES: readonly (readonly [RegExp, WordingColumn])[] = [
  [/^(?:升级口径|适用条件|恶化情形|prepared for|trigger)/iu, 'preparedFor'],
  [/^(?:哪种声明|声明类型|statement)/iu, 'statement'],
  [/^(?:语言|language)/iu, 'language'],
  [/(?:客户)?(?:异议|反对|追问)|objection/iu, 'objection'],
  [/^(?:应答|回应|应对|response|rebuttal)/iu, 'response'],
  [/^(?:愤怒|生气|激动|angry|anger)/iu, 'angry'],
  [/^(?:失望|disappoint)/iu, 'disappointed'],
  [/^(?:怀疑|质疑|不信任|suspicious|doubt|s[ck]eptical)/iu, 'suspicious'],
  [/^(?:平静|冷静|理性|calm|neutral)/iu, 'calm'],
  [/情绪|emotion|mood/iu, 'emotion'],
  [/^(?:核心|要点|一句话|core|key message)/iu, 'core'],
  [/^(?:共情|同理|empath)/iu, 'empathy'],
  [/^(?:安抚|reassur)/iu, 'reassurance'],
  [/^(?:承诺|commitment|promise)/iu, 'commitment'],
  [/^(?:做什么|动作|行动|action)/iu, 'action'],
  [/^(?:谁负责|负责人|owner)/iu, 'owner'],
  [/^(?:最迟|截止|时限|deadline|due)/iu, 'deadline'],
  [/微博|weibo/iu, 'weibo'],
  [/微信|wechat/iu, 'wechat'],
  [/短信|\bsms\b/iu, 'sms'],
  [/抖音|短视频|video|tiktok/iu, 'video'],
  [/在线(?:客服)?|聊天|\bchat\b/iu, 'chat'],
  [/^(?:电话|来电|phone|call)/iu, 'phone'],
  [/Z ?世代|gen[- ]?z/iu, 'gen-z'],
  [/中年|middle/iu, 'middle'],
  [/银发|老年|silver|senior/iu, 'silver'],
  [/意见领袖|大v|opinion|\bkol\b/iu, 'opinion-leader'],
  [/^(?:按人群|版本|variants?)/iu, 'variants'],
  [/^(?:问题|提问|客户问|问$|question|\bq\b)/iu, 'question'],
  [/^(?:答案|答复|回答|答$|answer|\ba\b)/iu, 'answer'],
  [/场景|scenario|situation/iu, 'scenario'],
  [/种类|类型|类别|kind|type|category/iu, 'kind'],
  [/标题|主题|题目|title|subject|topic/iu, 'title'],
  [/话术|口径|正文|内容|文案|script|wording|text|body|content|message/iu, 'text'],
]

/** Several columns of a table may give them. */
const SEVERAL: ReadonlySet<WordingColumn> = new Set(['objection', 'response', 'text'])

/** Guesses which columns of a table give which field of a text, by their names. */
export function guessWordingColumns(columns: readonly string[]): WordingMapping {
  const mapping: WordingMapping = {}
  const taken = new Set<WordingColumn>()
  for (const column of columns) {
    const field = NAMES.find(([pattern]) => pattern.test(column.trim()))?.[1]
    if (field === undefined || (taken.has(field) && !SEVERAL.has(field))) continue
    taken.add(field)
    mapping[column] = field
  }
  return mapping
}
