import type { Random } from './random.ts'

/** Words that are common in real entries; the first ones occur most. */
const WORDS = [
  '投诉',
  '门店',
  '顾客',
  '食品安全',
  '热搜',
  '媒体',
  '道歉',
  '声明',
  '产品',
  '微博',
  '视频',
  '评论',
  '检测报告',
  '召回',
  '退款',
  '监管部门',
  '律师',
  '直播间',
  '负责人',
  '客服',
  '供应商',
  '加盟商',
  '总部',
  '消费者',
  '舆情',
  '转发',
  '记者',
  '采访',
  '约谈',
  '整改',
  '停业',
  '赔偿',
  '质疑',
  '回应',
  '通报',
  '核查',
  '批次',
  '包装',
  '保质期',
  '原料',
  '异物',
  '过敏',
  '就医',
  '抖音',
  '小红书',
  '头条',
  '话题',
  '阅读量',
]
const FILLERS = '的了在是有和就不人都一个上也很到说要去你会着没有看好自己这那里为以后时间地点情况已经正在需要继续目前现场今天昨天上午下午'

/** Terms for the search benchmarks, which occur with a fixed frequency. */
export const PLANTED = { rareTwo: '蜈蚣', rareFour: '霉变谷物', every: 50_000 } as const

const FIRST_HAN = 0x4e00
const HAN = 3000

/** The text of an entry, 20 to 140 characters: common words by Zipf's law, fillers, and sometimes any character. */
export function entryText(random: Random, index: number): string {
  const parts: string[] = []
  const length = 20 + random.below(120)
  let written = 0
  while (written < length) {
    const draw = random.next()
    const part =
      draw < 0.35
        ? (WORDS[Math.floor(WORDS.length ** random.next()) - 1] ?? '投诉')
        : draw < 0.9
          ? FILLERS.slice(random.below(FILLERS.length - 2)).slice(0, 2)
          : String.fromCodePoint(FIRST_HAN + random.below(HAN))
    parts.push(part)
    written += part.length
    if (random.next() < 0.08) parts.push('，')
  }
  if (index % PLANTED.every === 77) parts.push(PLANTED.rareTwo)
  if (index % PLANTED.every === 99) parts.push(PLANTED.rareFour)
  if (index % 10 === 3) parts.push(` order ${random.below(1_000_000)}`)
  return parts.join('')
}
