import { AUDIENCES, WORDING_CHANNELS, type BlockKind } from './content.ts'
import type { Emotion, StatementKind, WordingKind, WordingLanguage } from './wording.ts'

/** The words by which files name something, in both languages. The first of a language is written; all are read, in any case. */
export type Words<Name extends string> = Record<Name, readonly string[]>

/** Words of markers in Markdown; the first is written. */
export const BLOCK_WORDS: Words<BlockKind> = {
  text: ['text', '正文'],
  heading: ['heading', '小标题'],
  step: ['step', '步骤'],
  empathy: ['empathy', '共情'],
  reassurance: ['reassurance', '安抚'],
  commitment: ['commitment', '承诺'],
}
export const AUDIENCE_WORDS: Words<(typeof AUDIENCES)[number]> = {
  'gen-z': ['gen-z', 'Z世代', 'Z 世代'],
  middle: ['middle', '中年群体', '中年'],
  silver: ['silver', '银发群体', '银发'],
  'opinion-leader': ['opinion-leader', '意见领袖'],
}
export const CHANNEL_WORDS: Words<(typeof WORDING_CHANNELS)[number]> = {
  phone: ['phone', '电话'],
  chat: ['chat', '在线客服', '在线'],
  wechat: ['wechat', '微信'],
  weibo: ['weibo', '微博'],
  video: ['video', '短视频', '抖音'],
  sms: ['sms', '短信'],
}
export const PROMISE_WORDS: Words<'action' | 'owner' | 'deadline'> = {
  action: ['action', '做什么'],
  owner: ['owner', '谁负责'],
  deadline: ['deadline', '最迟', '最迟什么时候'],
}
export const KIND_WORDS: Words<WordingKind> = {
  script: ['script', '话术', '脚本'],
  faq: ['faq', '问答', 'q&a', '常见问题'],
  statement: ['statement', '声明', '公告'],
  notice: ['notice', '内部通告', '通告', '通知'],
  handover: ['handover', '转接提示', '转接', 'hand-over'],
}
export const STATEMENT_WORDS: Words<StatementKind> = {
  first: ['first', '首次声明', '首次', 'first statement', 'holding statement'],
  apology: ['apology', '致歉声明', '致歉', '道歉'],
  progress: ['progress', '进展声明', '进展'],
  'all-clear': ['all-clear', '澄清声明', '澄清', 'all clear'],
}
export const EMOTION_WORDS: Words<Emotion> = {
  angry: ['angry', '愤怒', '生气', '激动', 'anger'],
  disappointed: ['disappointed', '失望', 'disappointment'],
  suspicious: ['suspicious', '怀疑', '质疑', 'doubtful', 'sceptical', 'skeptical'],
  calm: ['calm', '平静', '冷静', '理性'],
}
export const LANGUAGE_WORDS: Words<WordingLanguage> = {
  'zh-Hans': ['zh-hans', '中文', '简体中文', 'zh', 'chinese'],
  en: ['en', '英文', '英语', 'english'],
}

/** The name that a word stands for, or undefined. */
export function namedBy<Name extends string>(words: Words<Name>, word: string): Name | undefined {
  const wanted = word.trim().toLowerCase()
  return (Object.keys(words) as Name[]).find((name) => words[name].some((one) => one.toLowerCase() === wanted))
}

/** The word for a name in a language: names are their own English word. */
export function wordFor<Name extends string>(words: Words<Name>, name: Name, language: WordingLanguage): string {
  return (language === 'en' ? words[name][0] : words[name][1]) ?? name
}
