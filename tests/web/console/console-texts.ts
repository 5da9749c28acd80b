import type { ConsoleText } from '#contract/agent-wire.ts'

/** A published text as the hub sends it; `over` replaces fields. */
export function makeText(over: Partial<ConsoleText> & { id: string }): ConsoleText {
  return {
    incidentId: null,
    revisionId: `${over.id}-r1`,
    number: 1,
    hash: 'a'.repeat(64),
    kind: 'script',
    statement: null,
    scenario: '产品问题',
    emotion: null,
    language: 'zh-Hans',
    title: '标题',
    core: '核心信息',
    blocks: [],
    objections: [],
    variants: [],
    from: 1_000,
    until: null,
    releaseAt: 1_000,
    summary: '',
    previousNumber: null,
    marks: [],
    urgency: 'normal',
    confirmBy: null,
    confirmation: 'outstanding',
    pinyin: '',
    initials: '',
    ...over,
  }
}

const WHAT = [
  '退款',
  '换货',
  '维修',
  '召回',
  '赔偿',
  '发票',
  '物流',
  '账号',
  '隐私',
  '门店',
  '滤芯',
  '起火',
  '异味',
  '质保',
  '客服',
  '检测',
]
const HOW = ['多久到账', '怎么申请', '为什么不能', '进度在哪里查', '要不要寄回', '由谁负责', '能不能加急', '有没有补偿', '会不会影响使用']
const SAYS = ['您先别着急，我们已经安排专人处理', '这件事我们没有做好，对不起', '今天下午三点前给您回电', '请您先停止使用并拔掉电源']

/** A library of `count` different texts, the same every time. */
export function makeLibrary(count: number): ConsoleText[] {
  const pick = (list: readonly string[], seed: number) => list[seed % list.length] ?? ''
  return Array.from({ length: count }, (_, index) => {
    const what = pick(WHAT, index)
    const how = pick(HOW, Math.floor(index / WHAT.length))
    return makeText({
      id: `t${index}`,
      title: `${what}${how} 第 ${index} 条`,
      scenario: `${pick(WHAT, index + 3)}咨询`,
      core: `${pick(SAYS, index)}，${what}的事${pick(HOW, index + 2)}，我来跟进。`,
      from: 1_000 + index,
      blocks: Array.from({ length: 6 }, (__, block) => ({
        id: `b${block}`,
        kind: 'text',
        text: `${pick(SAYS, index + block)}。${pick(WHAT, index + block)}${pick(HOW, index)}，${pick(SAYS, index + block + 1)}。`.repeat(2),
      })),
      objections: Array.from({ length: 3 }, (__, at) => ({
        id: `o${at}`,
        ask: `你们${pick(WHAT, index + at)}到底${pick(HOW, index + at)}，我已经等了三天了`,
        answer: `${pick(SAYS, at)}，${pick(WHAT, index)}会在今天处理。`,
      })),
    })
  })
}
