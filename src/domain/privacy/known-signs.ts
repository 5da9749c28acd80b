import { take, type PersonalScan } from './personal-scan.ts'
import { isAlphanumeric, isDigit, isLatin } from './text-signs.ts'

/** Link parameters whose value identifies a person. */
const PERSONAL_PARAMETER = /(?:phone|mobile|tel|idcard|id_card|idno|id_no|card_?no|mail)/i
const POST_HOST =
  /(?:^|\.)(?:weibo|douyin|iesdouyin|xiaohongshu|xhslink|bilibili|b23|zhihu|kuaishou|toutiao|ixigua|qq|baidu|douban|sohu|163|sina|ifeng|tmall|taobao|jd|pinduoduo|yangkeduo|meituan|dianping|tousu|x|twitter|facebook|instagram|tiktok|youtube|weixin|alipay|github)\.(?:com|cn|tv|net|com\.cn)$/i
const MOBILE = /^(?:86)?1[3-9]\d{9}$/
/** Maximum length of a link part that is examined. */
const LONGEST_PART = 40

/** Characters of a link or file name: ASCII except blanks, brackets and quotation marks. */
const LINK_SIGNS = Uint8Array.from({ length: 128 }, (_none, unit) =>
  unit > 32 && unit < 127 && !'"\'<>()[]{},;|`\\^'.includes(String.fromCharCode(unit)) ? 1 : 0,
)

function isLinkSign(scan: PersonalScan, place: number): boolean {
  return LINK_SIGNS[scan.text.charCodeAt(scan.at[place] ?? 0)] === 1
}

function isHashLike(scan: PersonalScan, from: number, to: number): boolean {
  let turns = 0
  for (let place = from + 1; place < to; place += 1) {
    if (isDigit(scan.code[place]) !== isDigit(scan.code[place - 1])) turns += 1
  }
  scan.steps += to - from
  return turns >= 3
}

/** Marks long mixtures of letters and digits as known, such as hashes and generated names. */
function takeHashes(scan: PersonalScan, from: number, to: number): void {
  let start = from
  let letters = 0
  for (let place = from; place <= to; place += 1) {
    scan.steps += 1
    if (place < to && isAlphanumeric(scan.code[place])) {
      if (isLatin(scan.code[place])) letters += 1
      continue
    }
    if (place - start >= 16 && letters > 0 && isHashLike(scan, start, place)) take(scan, start, place)
    start = place + 1
    letters = 0
  }
  if (to - from === 36 && /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(scan.text.slice(scan.at[from], scan.at[to])))
    take(scan, from, to)
}

/** Start of a link within a run of link characters: after `://`, or at a host name followed by a slash; -1 if there is none. */
function linkStart(run: string): number {
  const scheme = run.indexOf('://')
  if (scheme >= 0) return scheme + 3
  const slash = run.indexOf('/')
  if (slash < 4) return -1
  const host = run.slice(Math.max(0, slash - 80), slash)
  const found = /[a-z\d-]+(?:\.[a-z\d-]{1,40}){0,4}\.[a-z]{2,10}$/i.exec(host.slice(Math.max(0, host.lastIndexOf('@') + 1)))
  return found ? slash - found[0].length : -1
}

/** Marks the parts of a link as known, because their numbers identify posts and goods. Values of personal parameters are not marked. */
function takeLink(scan: PersonalScan, from: number, run: string, start: number): void {
  const pathAt = run.indexOf('/', start)
  const host = run.slice(start, pathAt < 0 ? Math.min(run.length, start + 100) : Math.min(pathAt, start + 100))
  const posts = POST_HOST.test(host)
  let partFrom = start
  let name = ''
  for (let place = start; place <= run.length; place += 1) {
    scan.steps += 1
    const sign = run[place] ?? '/'
    if (!'/?&=#'.includes(sign)) continue
    const part = run.slice(partFrom, Math.min(place, partFrom + LONGEST_PART))
    const open =
      PERSONAL_PARAMETER.test(name) ||
      (part.includes('@') && part.indexOf('.', part.indexOf('@')) > 0 && name !== '') ||
      (!posts && (name === '' || /^(?:u|user|no|num|number)$/i.test(name)) && MOBILE.test(part)) ||
      /^(?:wa\.me|api\.whatsapp\.com)$/i.test(host)
    if (!open) take(scan, from + partFrom, from + place)
    name = sign === '=' ? part : ''
    partFrom = place + 1
  }
}

/** Marks masks that are already in a text, so that masking is idempotent. */
function takeMask(scan: PersonalScan, star: number): number {
  let end = star
  while (scan.code[end] === 42) end += 1
  scan.steps += end - star
  if (end - star !== 4) return end
  let tail = end
  while (tail - end <= 4 && isDigit(scan.code[tail])) tail += 1
  if (tail - end < 4 && (scan.code[tail] === 120 || scan.code[tail] === 88)) tail += 1
  if (tail === end || tail - end > 4 || isDigit(scan.code[tail])) return end
  let head = star
  while (star - head <= 3 && head > 0 && isDigit(scan.code[head - 1])) head -= 1
  if (star - head > 3) return end
  take(scan, head, tail)
  return tail
}

/** Marks everything that looks like a personal number but is not: links, hashes, generated names, masks. */
export function takeKnownSigns(scan: PersonalScan): void {
  for (let place = 0; place < scan.length;) {
    scan.steps += 1
    if (!isLinkSign(scan, place)) {
      place += 1
      continue
    }
    const from = place
    while (place < scan.length && isLinkSign(scan, place)) place += 1
    scan.steps += place - from
    if (place - from < 6) continue
    const run = scan.text.slice(scan.at[from], (scan.at[place - 1] ?? 0) + 1)
    takeHashes(scan, from, place)
    // If the run contains invisible characters, its positions do not match the text, and links are not marked.
    const start = run.length === place - from ? linkStart(run) : -1
    if (start >= 0) takeLink(scan, from, run, start)
  }
  for (let place = scan.text.includes('*') ? 0 : scan.length; place < scan.length; place += 1) {
    scan.steps += 1
    if (scan.code[place] === 42) place = Math.max(place, takeMask(scan, place) - 1)
  }
}
