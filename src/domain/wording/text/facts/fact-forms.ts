import { UNIT_WORDS } from './units.ts'

/**
 * The written forms of facts. Each form is a sequence of bounded pieces, so that no text makes the search take long: only
 * digits repeat without a limit, and nothing before them does.
 */

/** Digits, also with separators of thousands, which divide groups of three. */
const DIGITS = String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?`
const HAN_NUMERAL = '[零〇一二两三四五六七八九十百千]{1,9}'
const UNIT = UNIT_WORDS.map((word) => word.replaceAll(' ', String.raw`\s`))
  .map((word) => (/^[a-z]/u.test(word) ? `${word}(?![a-z])` : word))
  .join('|')
const ENGLISH_NUMERAL = String.raw`(?<![a-z-])(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|(?<=within\s)an?)(?=[\s-](?:${UNIT}))`
const PART_OF_DAY = '凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|今晚|明早|晚|早'
const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const WEEKDAY = 'mon|tues|wednes|thurs|fri|satur|sun'

/** Service numbers, mobile numbers, landlines; short numbers are no counts. */
export const PHONE = String.raw`(?<![\d-])(?:[48]00[-\s]?\d{3}[-\s]?\d{4}|1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|0\d{2,3}[-\s]\d{7,8}|(?:95\d{3}|96\d{3}|12[0-9]{3}|1[01]0\d{2}))(?![\d.%]|\s?(?:万|亿|${UNIT}))`

export const DATE = [
  String.raw`(?<!\d)(?:\d{4}\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?[日号]`,
  String.raw`(?:二〇[零〇一二三四五六七八九]{2}年)?[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号]`,
  String.raw`(?<![\d-])\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?![\d-])`,
  String.raw`(?<!\d)(?:19|20)\d\d\s?年(?:\s?\d{1,2}\s?月)?[底初内]?`,
  String.raw`(?<!\d)\d{1,2}\s?月(?:份|底|初|中旬|上旬|下旬)?`,
  '(?:本|下|上|这|每)?(?:周|星期|礼拜)[一二三四五六日天末](?!二)',
  '今天|今日|明天|明日|后天|昨天|前天|当天|当日|次日|今晚|明早|本周|下周|本月|下个?月|月底|年底|年内',
  String.raw`(?<![a-z])(?:${MONTH})\.?\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s\d{4})?(?![\da-z])`,
  String.raw`(?<!\d)\d{1,2}(?:st|nd|rd|th)?\s(?:${MONTH})(?![a-z])(?:\s\d{4})?`,
  `(?<![a-z])(?:(?:next|this)\\s)?(?:today|tomorrow|tonight|(?:${WEEKDAY})day|this\\sweek|next\\sweek|this\\smonth|next\\smonth)(?![a-z])`,
].join('|')

export const TIME = [
  String.raw`(?:${PART_OF_DAY})\s?(?:\d{1,2}|[一二两三四五六七八九十]{1,3})\s?(?::\d\d|[点时](?:\d{1,2}分?|半|整|[一三]刻|[一二三四五六七八九十]{1,3}分)?)`,
  String.raw`(?<![\d:])\d{1,2}:\d\d(?:\s?(?:[ap]m|[ap]\.m\.))?(?![\d:])`,
  String.raw`(?<!\d)\d{1,2}[点时](?:\d{1,2}分|半|整|(?=前|后|之前|之后|以前|起|至|到|开始|左右))`,
  String.raw`(?<![\d:.])\d{1,2}\s?(?:[ap]m|[ap]\.m\.)(?![a-z])`,
  `(?<![a-z])(?:noon|midnight)(?![a-z])`,
].join('|')

/** A number or range with its unit. Groups: amount, until, times, unit. */
export const QUANTITY = String.raw`(?<amount>(?<![\d.a-z-])${DIGITS}(?:\s?(?:[-–—~]|至|到)\s?(?<until>${DIGITS}))?|${ENGLISH_NUMERAL}|${HAN_NUMERAL}(?=[万亿余多几]?(?:${UNIT})))\s?(?<times>万|亿|千|million|thousand|k)?(?:多|余|几)?\s?-?(?<unit>${UNIT})`
/** A sum of money with its sign in front. Group: sum. */
export const MONEY = String.raw`(?:[¥￥]|(?<![a-z])(?:RMB|CNY)\s?)(?<sum>${DIGITS})(?<sumTimes>万|亿)?(?:\s?元)?`
/** Any other number; one inside a name, such as KJ500F, is none. Group: bare. */
export const BARE = String.raw`(?<![\w.-])(?<bare>${DIGITS})(?<bareTimes>万|亿)?(?![\w-])`
