import { addSpot, wordBefore, type PersonalScan } from './personal-scan.ts'
import { isAlphanumeric, isDigit, isHanDigit, isLatin, WORD } from './text-signs.ts'

/** Chinese top-level domains. */
const HAN_ENDS = [
  '中国',
  '中國',
  '公司',
  '网络',
  '網絡',
  '网址',
  '在线',
  '中文网',
  '香港',
  '台湾',
  '台灣',
  '集团',
  '我爱你',
  '商城',
  '网店',
  '政务',
  '公益',
  '企业',
  '手机',
  '信息',
  '商标',
  '广东',
  '佛山',
  '移动',
  '娱乐',
  '游戏',
  '购物',
  '餐厅',
  '健康',
  '时尚',
  '慈善',
  '新闻',
]
const LONGEST_HAN_NAME = 12
const LOCAL_SIGNS = Uint8Array.from({ length: 128 }, (_none, unit) => (/[\w.!#$%&'+~-]/.test(String.fromCharCode(unit)) ? 1 : 0))

function isLocalSign(scan: PersonalScan, place: number): boolean {
  return isAlphanumeric(scan.code[place]) || LOCAL_SIGNS[scan.text.charCodeAt(scan.at[place] ?? 0)] === 1
}

/** Start of the local part before the at sign, not before `least`; the position of the at sign if there is none. */
function localStart(scan: PersonalScan, sign: number, least: number): number {
  if (scan.code[sign - 1] === 34 && sign - 2 > least) {
    for (let place = sign - 2; place >= Math.max(least, sign - 66); place -= 1) {
      scan.steps += 1
      if (scan.code[place] === 34) return place
    }
    return sign
  }
  let place = sign
  while (place > least && scan.taken[place - 1] === 0 && isLocalSign(scan, place - 1)) place -= 1
  scan.steps += sign - place
  // An address does not begin with punctuation, such as quotation marks around it.
  while (place < sign && !isAlphanumeric(scan.code[place])) place += 1
  if (place < sign) return place
  // A Chinese local part is accepted too, but only if there is no other one, because the words before an address touch it.
  while (place > least && sign - place < 4 && (scan.code[place - 1] === WORD || isHanDigit(scan.code[place - 1]))) place -= 1
  return place
}

/** End of the domain after the at sign; -1 if there is no domain. */
function domainEnd(scan: PersonalScan, sign: number): number {
  let end = -1
  let place = sign + 1
  for (let names = 0; place < scan.length; names += 1) {
    const from = place
    while (place < scan.length && (isAlphanumeric(scan.code[place]) || (scan.code[place] === 45 && place > from))) place += 1
    scan.steps += place - from + 1
    if (place === from) {
      const han = hanName(scan, place, names > 0)
      if (han === null) return end
      place = han.to
      if (han.last) return place
    } else if (names > 0 && isEnd(scan, from, place)) end = place
    if (scan.code[place] !== 46) return end
    place += 1
  }
  return end
}

/** A top-level domain: at least two letters, no digit. */
function isEnd(scan: PersonalScan, from: number, to: number): boolean {
  if (to - from < 2 || to - from > 24) return false
  for (let place = from; place < to; place += 1)
    if (!isLatin(scan.code[place])) return to - from > 4 && scan.text.startsWith('xn--', scan.at[from])
  scan.steps += to - from
  return true
}

function hanName(scan: PersonalScan, from: number, mayEnd: boolean): { to: number; last: boolean } | null {
  const text = scan.text.slice(scan.at[from], (scan.at[from] ?? 0) + LONGEST_HAN_NAME)
  scan.steps += LONGEST_HAN_NAME
  const ending = mayEnd ? HAN_ENDS.find((end) => text.startsWith(end)) : undefined
  if (ending !== undefined) return { to: from + ending.length, last: true }
  let to = from
  while (to - from < LONGEST_HAN_NAME && (scan.code[to] === WORD || isAlphanumeric(scan.code[to]))) to += 1
  return to > from && scan.code[to] === 46 ? { to, last: false } : null
}

/** `name@1.2.3` is a version, not an address. */
function isVersion(scan: PersonalScan, sign: number): boolean {
  let place = sign + 1
  while (isDigit(scan.code[place])) place += 1
  scan.steps += place - sign
  return place > sign + 1 && scan.code[place] === 46 && isDigit(scan.code[place + 1])
}

/** Whether the following characters show that it is a remote path, such as `user@host.example/path`, not an address. */
function isPath(scan: PersonalScan, end: number, next: number): boolean {
  if (scan.code[end] === 47 && scan.text[scan.at[end] ?? 0] === '/') return next < 0 || next - end > 40
  return scan.code[end] === 58 && scan.text[scan.at[end] ?? 0] === ':' && isAlphanumeric(scan.code[end + 1]) && !isDigit(scan.code[end + 1])
}

function longRun(scan: PersonalScan, from: number, to: number): string | null {
  let digits = ''
  let run = 0
  let longest = 0
  for (let place = from; place < to; place += 1) {
    if (isDigit(scan.code[place])) {
      digits = (digits + String.fromCharCode(scan.code[place] ?? 0)).slice(-4)
      run += 1
      longest = Math.max(longest, run)
    } else run = 0
  }
  scan.steps += to - from
  return longest >= 7 ? digits : null
}

/**
 * Finds e-mail addresses. The mask keeps the first letter and the domain, so that the team still sees which organization it
 * is. Each character is visited a bounded number of times.
 */
export function findMails(scan: PersonalScan): void {
  let least = 0
  let sign = nextSign(scan, 0)
  let before: { from: number; to: number } | null = null
  while (sign >= 0) {
    const next = nextSign(scan, sign + 1)
    const joined: { from: number; to: number } | null = before?.to === sign ? before : null
    const from: number = joined ? joined.from : localStart(scan, sign, least)
    const end: number = isVersion(scan, sign) || from === sign || scan.taken[sign] === 1 ? -1 : domainEnd(scan, sign)
    if (end > 0 && !isPath(scan, end, next)) {
      const first = scan.code[from] === 34 ? from + 1 : from
      const digits = longRun(scan, sign + 1, end)
      const shown = String.fromCodePoint(scan.text.codePointAt(scan.at[first] ?? 0) ?? 32)
      // An address that runs into the next one forms one spot with it.
      const spot = joined ? scan.spots.pop() : undefined
      addSpot(scan, joined ? sign : from, end, 'mail', digits === null ? `${shown}***@${domainText(scan, sign + 1, end)}` : `****${digits}`)
      const added = scan.spots.at(-1)
      if (spot && added) added.from = spot.from
      before = { from, to: end }
      least = end
    } else {
      before = null
      least = sign + 1
    }
    sign = next
  }
}

/** The text of the domain with normalized characters. */
function domainText(scan: PersonalScan, from: number, to: number): string {
  let plain = ''
  for (let place = from; place < to; place += 1) {
    const code = scan.code[place] ?? 0
    plain += code < 128 && code !== 1 ? String.fromCharCode(code) : (scan.text[scan.at[place] ?? 0] ?? '')
  }
  scan.steps += to - from
  return plain
}

function nextSign(scan: PersonalScan, from: number): number {
  const found = scan.code.subarray(0, scan.length).indexOf(64, from)
  scan.steps += (found < 0 ? scan.length : found) - from
  return found
}

const MESSENGERS = new Map<string, 'wechat' | 'qq'>([
  ...[
    '微信',
    '微信号',
    '微信id',
    'wechat',
    'weixin',
    'wx',
    'vx',
    'v信',
    '威信',
    '薇信',
    '卫星号',
    '微信帐号',
    '微信账号',
    'wechat id',
    'wechatid',
  ].map((word): [string, 'wechat'] => [word, 'wechat']),
  ...['qq', 'qq号', 'qq号码', '扣扣', '扣扣号', 'q号', '企鹅号', 'qq群', 'qq群号'].map((word): [string, 'qq'] => [word, 'qq']),
])

function isAccountSign(scan: PersonalScan, place: number): boolean {
  const unit = scan.text.charCodeAt(scan.at[place] ?? 0)
  return isAlphanumeric(scan.code[place]) || unit === 95 || unit === 45
}

/**
 * Finds a WeChat account that is named as one: a letter, then at least five characters. Other words after the keyword, as in
 * `微信 Android`, do not count.
 */
export function findWechat(scan: PersonalScan): void {
  for (let place = 0; place < scan.length; place += 1) {
    scan.steps += 1
    if (!isLatin(scan.code[place]) || scan.taken[place] === 1) continue
    let end = place
    let tells = false
    while (end < scan.length && isAccountSign(scan, end)) {
      if (!isLatin(scan.code[end])) tells = true
      end += 1
    }
    scan.steps += end - place
    const length = end - place
    if (length >= 6 && length <= 20 && wordBefore(scan, place, MESSENGERS) === 'wechat' && (tells || saidOpenly(scan, place))) {
      addSpot(scan, place, end, 'account', `${String.fromCharCode(scan.code[place] ?? 0)}******`)
    }
    place = Math.max(place, end - 1)
  }
}

/** Whether a colon, 号, 加 or 是 announces an account name. */
function saidOpenly(scan: PersonalScan, place: number): boolean {
  const to = scan.at[place] ?? 0
  return (
    /(?:[:：是为]|号|id)[\s（("“]{0,2}$/i.test(scan.text.slice(Math.max(0, to - 4), to)) ||
    /加[^\n]{0,6}$/.test(scan.text.slice(Math.max(0, to - 12), to))
  )
}

export function isMessenger(scan: PersonalScan, place: number): boolean {
  return wordBefore(scan, place, MESSENGERS) !== null
}
