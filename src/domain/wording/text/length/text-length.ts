import { smsLength } from './sms-segments.ts'

/** Where a text appears, as far as its length matters. */
export const LENGTH_PLACES = ['weibo', 'sms', 'spoken', 'wechat-title', 'wechat-digest', 'douyin-title'] as const
export type LengthPlace = (typeof LENGTH_PLACES)[number]

/** The figures behind the lengths. Platforms change them and teams read at their own pace: all of them may be replaced. */
export type LengthLimits = {
  /** Weibo: what is visible before 展开, in Chinese characters; a Latin character counts half. */
  weibo: number
  /** Short messages that a text may take. */
  smsSegments: number
  /** Seconds that an agent may speak without a break. */
  spokenSeconds: number
  /** Chinese characters read aloud in a second. */
  charactersPerSecond: number
  /** English words read aloud in a second. */
  wordsPerSecond: number
  /** Characters of titles and digests. */
  wechatTitle: number
  wechatDigest: number
  douyinTitle: number
}

export const LENGTH_LIMITS: LengthLimits = {
  weibo: 140,
  smsSegments: 5,
  spokenSeconds: 60,
  charactersPerSecond: 4,
  wordsPerSecond: 2.5,
  wechatTitle: 64,
  wechatDigest: 120,
  douyinTitle: 30,
}

/**
 * The length of a text as people count it at a place.
 * `used` and `limit` are in `unit`; `segments` is how many messages, screens or allowed stretches the text takes, 0 if empty.
 */
export type TextLength = { unit: 'character' | 'segment' | 'second'; used: number; limit: number; segments: number }

/** Chinese, Japanese, Korean characters and full-width signs. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u
const HAN_RUN = /[\p{Script=Han}〇]/gu
const WORD_RUN = /[\p{L}\p{M}\p{N}]+(?:['’.,:][\p{L}\p{N}]+)*/gu

/** Length in Chinese characters, rounded up: a Latin letter, digit or plain sign counts half, an emoji one. */
function weightedLength(text: string): number {
  let halves = 0
  for (const character of text) halves += WIDE.test(character) || (character.codePointAt(0) ?? 0) > 0x2000 ? 2 : 1
  return Math.ceil(halves / 2)
}

/** Seconds to read a text aloud, rounded up: Chinese by characters (digits are read one by one), other words whole. */
function spokenSeconds(text: string, { charactersPerSecond, wordsPerSecond }: LengthLimits): number {
  const han = text.match(HAN_RUN)?.length ?? 0
  const rest = text.replaceAll(HAN_RUN, ' ')
  const words = rest.match(WORD_RUN) ?? []
  const isChinese = han > 0
  let characters = han
  let spoken = 0
  for (const word of words) {
    if (isChinese && /^[\d.,:]+$/u.test(word)) characters += word.replaceAll(/[,.:]/gu, '').length
    else spoken += 1
  }
  return Math.ceil(characters / charactersPerSecond + spoken / wordsPerSecond)
}

/** The length of a text at a place. @param limits replaces single figures of {@link LENGTH_LIMITS} */
export function textLength(text: string, place: LengthPlace, limits: Partial<LengthLimits> = {}): TextLength {
  const all = { ...LENGTH_LIMITS, ...limits }
  const counted = (unit: TextLength['unit'], used: number, limit: number): TextLength => ({
    unit,
    used,
    limit,
    segments: limit > 0 ? Math.ceil(used / limit) : 0,
  })
  switch (place) {
    case 'weibo':
      return counted('character', weightedLength(text), all.weibo)
    case 'sms': {
      const { segments } = smsLength(text)
      return { unit: 'segment', used: segments, limit: all.smsSegments, segments }
    }
    case 'spoken':
      return counted('second', spokenSeconds(text, all), all.spokenSeconds)
    case 'wechat-title':
      return counted('character', Array.from(text).length, all.wechatTitle)
    case 'wechat-digest':
      return counted('character', Array.from(text).length, all.wechatDigest)
    case 'douyin-title':
      return counted('character', Array.from(text).length, all.douyinTitle)
  }
}
