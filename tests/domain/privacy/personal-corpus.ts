import { isIdentityChecked, isLuhn } from '#domain/privacy/check-digits.ts'

/** Texts as people write them, generated from a seed. Personal data in them is generated and must be masked; the rest must stay. */
export type Sample = { kind: string; text: string }

export type Draw = { whole(below: number): number; one<Item>(items: readonly Item[]): Item; digits(count: number): string }

export function drawFrom(seed: number): Draw {
  let state = seed >>> 0 || 1
  const whole = (below: number): number => {
    // xorshift: gives the same numbers on every machine.
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % below
  }
  return {
    whole,
    one: (items) => {
      const item = items[whole(items.length)]
      if (item === undefined) throw new Error('Nothing to choose from')
      return item
    },
    digits: (count) => Array.from({ length: count }, () => whole(10)).join(''),
  }
}

const GAPS = [
  ' ',
  '  ',
  '-',
  '—',
  '–',
  ' - ',
  '.',
  '·',
  ',',
  '，',
  '、',
  '/',
  '\n',
  '\u00a0',
  '\u3000',
  '\u2009',
  '_',
  '~',
  '−',
  '\u200b',
  '\u2060',
  '\t',
]
const HOUSE_GAPS = [' ', '-', '—', '  ', '\u00a0', '\n', '/', '.']
const FRAMES: readonly (readonly [string, string])[] = [
  ['客户 ', ' 来电'],
  ['回访对象：', '，约明早'],
  ['联系', '。'],
  ['她说打 ', ' 找她'],
  ['（', '）'],
  ['Please reach ', ' today'],
  ['', ''],
  ['转给物流：', '\n已处理'],
  ['1. ', '；'],
  ['王女士', ' 反映漏水'],
]

const group = (digits: string, sizes: readonly number[], gap: string): string => {
  let at = 0
  return sizes.map((size) => digits.slice(at, (at += size))).join(gap)
}
const shift = (digits: string, base: number): string => Array.from(digits, (digit) => String.fromCodePoint(base + Number(digit))).join('')
const inHan = (draw: Draw, digits: string): string =>
  Array.from(digits, (digit) => (digit === '1' ? draw.one(['幺', '一']) : ('零一二三四五六七八九'[Number(digit)] ?? ''))).join('')

function mobileDigits(draw: Draw): string {
  return `1${draw.one(['3', '5', '7', '8', '9'])}${draw.digits(9)}`
}

function identityDigits(draw: Draw): string {
  const front = `${draw.one(['110105', '310101', '440106', '510104', '330106', '420106'])}${1950 + draw.whole(60)}${String(1 + draw.whole(12)).padStart(2, '0')}${String(1 + draw.whole(28)).padStart(2, '0')}${draw.digits(3)}`
  return [...'0123456789X'].map((check) => front + check).find(isIdentityChecked) ?? front
}

function cardDigits(draw: Draw): string {
  const prefix = draw.one(['622202', '621700', '622848', '4392', '5187', '3568', '370285'])
  const length = prefix === '370285' ? 15 : prefix.startsWith('62') ? draw.one([16, 19]) : 16
  const front = prefix + draw.digits(length - 1 - prefix.length)
  return [...'0123456789'].map((check) => front + check).find(isLuhn) ?? front
}

const PERSONAL: Record<string, (draw: Draw) => string> = {
  'mobile in a row': (draw) => draw.one(['', '+86', '+86 ', '86-', '0086 ', '(+86)', '0']) + mobileDigits(draw),
  'mobile in 3-4-4': (draw) => group(mobileDigits(draw), [3, 4, 4], draw.one(GAPS)),
  'mobile in other groups': (draw) =>
    group(
      mobileDigits(draw),
      draw.one([
        [3, 3, 5],
        [7, 4],
        [4, 4, 3],
        [4, 3, 4],
        [5, 6],
        [3, 8],
        [2, 2, 2, 2, 2, 1],
      ]),
      draw.one([' ', '-', '  ']),
    ),
  'mobile digit by digit': (draw) =>
    group(
      mobileDigits(draw),
      Array.from({ length: 11 }, () => 1),
      draw.one([' ', '-', '.', '、']),
    ),
  'mobile in other digits': (draw) => shift(mobileDigits(draw), draw.one([0xff10, 0x1d7ce, 0x1d7d8, 0x1d7f6, 0x660])),
  'mobile in circled digits': (draw) =>
    Array.from(mobileDigits(draw), (digit) => (digit === '0' ? '⓪' : String.fromCodePoint(0x2460 + Number(digit) - 1))).join(''),
  'mobile in Chinese numerals': (draw) => group(inHan(draw, mobileDigits(draw)), draw.one([[11], [3, 4, 4]]), draw.one(['', ' ', '，'])),
  'mobile with brackets': (draw) => group(mobileDigits(draw), [3, 4, 4], ')').replace(/^/, '('),
  landline: (draw) =>
    `${draw.one(['010', '021', '0755', '0571', '028', '0311'])}${draw.one(['-', ' ', '—', '', '/', ' - '])}${2 + draw.whole(7)}${draw.digits(7)}`,
  'landline in brackets': (draw) =>
    `${draw.one(['(010)', '（021）', '(0755) ', '[0571]'])}${2 + draw.whole(7)}${draw.digits(3)}${draw.one(['', ' ', '-'])}${draw.digits(4)}`,
  'landline with its country': (draw) => `+86 ${draw.one(['10', '21', '755'])} ${6 + draw.whole(3)}${draw.digits(3)} ${draw.digits(4)}`,
  abroad: (draw) =>
    draw.one([
      () => `+852 ${draw.one(['6', '9'])}${draw.digits(3)} ${draw.digits(4)}`,
      () => `+852-5${draw.digits(7)}`,
      () => `+886 9${draw.digits(2)} ${draw.digits(3)} ${draw.digits(3)}`,
      () => `+1 (415) 555-${draw.digits(4)}`,
      () => `+81-90-${1 + draw.whole(8)}${draw.digits(3)}-${draw.digits(4)}`,
      () => `+44 20 7946 ${draw.digits(4)}`,
    ])(),
  'Taiwan or Japan': (draw) =>
    draw.one([
      () => `09${draw.digits(2)}-${draw.digits(3)}-${draw.digits(3)}`,
      () => `0${draw.one(['8', '9'])}0-${draw.digits(4)}-${draw.digits(4)}`,
    ])(),
  'identity card': (draw) => identityDigits(draw),
  'identity card in groups': (draw) =>
    group(
      identityDigits(draw),
      draw.one([
        [6, 8, 4],
        [6, 4, 4, 4],
        [4, 4, 4, 4, 2],
        [3, 3, 4, 4, 4],
      ]),
      draw.one(HOUSE_GAPS),
    ),
  'identity card, small x': (draw) => identityDigits(draw).toLowerCase(),
  'old identity card': (draw) =>
    `${draw.one(['110105', '310101'])}${50 + draw.whole(49)}${String(1 + draw.whole(12)).padStart(2, '0')}${String(1 + draw.whole(28)).padStart(2, '0')}${draw.digits(3)}`,
  'bank card': (draw) => cardDigits(draw),
  'bank card in fours': (draw) => {
    const card = cardDigits(draw)
    return card.length === 15
      ? group(card, [4, 6, 5], draw.one([' ', '-']))
      : group(card, [4, 4, 4, 4, 3].slice(0, Math.ceil(card.length / 4)), draw.one(HOUSE_GAPS))
  },
  mail: (draw) =>
    `${draw.one(['li.wei', "o'neil", 'a%b', 'wang_fang99', 'x', 'zhao+shop', '1385556666'])}${draw.one(['@', '＠'])}${draw.one(['example.com', 'mail.example.cn', 'qq.com', '163.com', 'example．org', 'sub.example.co.uk'])}`,
  'mail in Chinese': (draw) =>
    `${draw.one(['李四', '客服', '王小明'])}@${draw.one(['例子.中国', '公司.网络', 'example.com', '商店.公司'])}`,
  passport: (draw) => `${draw.one(['E', 'G', 'EA', 'EK'])}${draw.digits(7)}`.padEnd(9, '5'),
  permit: (draw) => `${draw.one(['C', 'W', 'H', 'M'])}${3 + draw.whole(6)}${draw.digits(7)}`,
  plate: (draw) =>
    `${draw.one([...'京沪粤浙川苏'])}${draw.one([...'ABCE'])}${draw.one(['', '·', ' '])}${draw.one(['', 'D', 'F'])}${draw.digits(5)}`,
  WeChat: (draw) =>
    `${draw.one(['微信：', '微信号 ', 'WeChat: ', '加微信', 'vx:', '加我 V信 '])}${draw.one(['liwei', 'wang_fang', 'xiao-ming'])}${draw.digits(4)}`,
  QQ: (draw) => `${draw.one(['QQ ', 'QQ：', 'qq号', '扣扣 '])}${1 + draw.whole(9)}${draw.digits(7)}`,
  order: (draw) => `${draw.one(['订单号 ', '订单：', '运单号：', '快递单号 '])}${1 + draw.whole(9)}${draw.digits(11 + draw.whole(7))}`,
}

const HARMLESS: Record<string, (draw: Draw) => string> = {
  'link to a post': (draw) =>
    draw.one([
      () => `https://weibo.com/${1 + draw.whole(9)}${draw.digits(9)}/${draw.digits(16)}`,
      () => `https://www.douyin.com/video/7${draw.digits(18)}`,
      () => `https://www.xiaohongshu.com/explore/6${draw.digits(2)}a${draw.digits(10)}c${draw.digits(9)}`,
      () => `m.weibo.cn/detail/4${draw.digits(15)}`,
      () => `https://item.jd.com/1000${draw.digits(8)}.html`,
      () => `https://example.org/a?id=${draw.digits(13)}`,
      () => `https://www.zhihu.com/question/${draw.digits(9)}/answer/${draw.digits(10)}`,
    ])(),
  'bar code': (draw) => {
    const front = `69${draw.digits(10)}`
    let sum = 0
    for (let place = 0; place < 12; place += 1) sum += Number(front[place]) * (place % 2 === 0 ? 1 : 3)
    return `${draw.one(['', '条码 ', 'EAN '])}${front}${(10 - (sum % 10)) % 10}`
  },
  'batch or serial': (draw) =>
    `${draw.one(['批次 2026', '批号：2026', '序列号 SN2026', 'S/N: 88', '生产批号2026', 'SN2026', '追溯码 81'])}${draw.digits(8 + draw.whole(5))}`,
  'moment in a row': (draw) =>
    `2026${String(1 + draw.whole(12)).padStart(2, '0')}${String(1 + draw.whole(28)).padStart(2, '0')}${String(draw.whole(24)).padStart(2, '0')}${String(draw.whole(60)).padStart(2, '0')}${draw.one(['', '59', '07123'])}`,
  moment: (draw) =>
    `2026${draw.one(['-', '/', '.'])}${1 + draw.whole(12)}${draw.one(['-', '/'])}${10 + draw.whole(18)} ${10 + draw.whole(13)}:${10 + draw.whole(49)}${draw.one(['', ':30', ':30.123'])}`,
  milliseconds: (draw) => `${draw.one(['', '时间戳 ', 'ts='])}17${draw.digits(11)}`,
  amount: (draw) =>
    `${draw.one(['', '共 ', '赔付 '])}${1 + draw.whole(9)}${draw.digits(10 + draw.whole(2))}${draw.one(['', ' '])}${draw.one(['元', '万元', '美元', '亿'])}`,
  'amount of money first': (draw) => `${draw.one(['¥', '￥', '金额：', '营收 '])}1${3 + draw.whole(7)}${draw.digits(9)}`,
  'amount with commas': (draw) =>
    `${1 + draw.whole(99)},${draw.digits(3)},${draw.digits(3)},${draw.digits(3)} ${draw.one(['元', '次', ''])}`,
  reads: (draw) => `${draw.one(['阅读 ', '播放量：', '粉丝 ', '曝光量约 ', '转发'])}${1 + draw.whole(9)}${draw.digits(7 + draw.whole(6))}`,
  counted: (draw) => `1${3 + draw.whole(7)}${draw.digits(9)} ${draw.one(['次', '件', '人次', '台'])}`,
  years: (draw) => Array.from({ length: 4 }, (_none, place) => 2015 + place + draw.whole(3)).join(draw.one([' ', '-', '、', '/'])),
  'pi and the like': (draw) => `${draw.whole(9)}.${draw.digits(12 + draw.whole(5))}`,
  hash: (draw) => Array.from({ length: draw.one([32, 40, 64]) }, () => draw.one([...'0123456789abcdef'])).join(''),
  UUID: (draw) => [8, 4, 4, 4, 12].map((length) => Array.from({ length }, () => draw.one([...'0123456789abcdef'])).join('')).join('-'),
  version: (draw) =>
    draw.one([
      () => `${draw.one(['vue', 'a', 'left-pad'])}@${draw.whole(20)}.${draw.whole(20)}.${draw.whole(20)}`,
      () => `v${draw.whole(200)}.0.${draw.digits(4)}.${draw.digits(2)}`,
      () => `固件 ${draw.whole(9)}.${draw.digits(2)}.${draw.digits(8)}`,
    ])(),
  'internet address': (draw) => [172 + draw.whole(30), 16 + draw.whole(200), draw.whole(256), draw.whole(256)].join('.'),
  hotline: (draw) =>
    draw.one([
      () => `400-${draw.digits(3)}-${draw.digits(4)}`,
      () => `400${draw.digits(7)}`,
      () => '95588',
      () => '12315',
      () => `800-810-${draw.digits(4)}`,
      () => '热线 12345',
    ])(),
  'order of eight': (draw) => `订单号 ${1 + draw.whole(9)}${draw.digits(7)}`,
  model: (draw) => `${draw.one(['型号 KJ-', 'KJ', 'AP-', '机型 X'])}${draw.digits(3)}${draw.one(['F-Pro', '-1381-2345', 'G', ''])}`,
  figures: (draw) => `${draw.whole(100)}, ${draw.whole(100)}, ${draw.whole(1000)}, ${draw.whole(10_000)}`,
  coordinates: (draw) => `${20 + draw.whole(30)}.${draw.digits(6)}, ${100 + draw.whole(30)}.${draw.digits(6)}`,
  'place on a machine': (draw) => `${draw.one(['git', 'deploy'])}@host.example:${draw.one(['team', 'ops'])}/site.git`,
}

function make(draw: Draw, forms: Record<string, (draw: Draw) => string>, count: number): Sample[] {
  return Object.entries(forms).flatMap(([kind, form]) =>
    Array.from({ length: count }, () => {
      const [before, after] = draw.one(FRAMES)
      return { kind, text: `${before}${form(draw)}${after}` }
    }),
  )
}

/** `count` texts of each kind that contain personal data. */
export const personalTexts = (seed: number, count: number): Sample[] => make(drawFrom(seed), PERSONAL, count)
/** `count` texts of each kind that contain no personal data. */
export const harmlessTexts = (seed: number, count: number): Sample[] => make(drawFrom(seed), HARMLESS, count)
