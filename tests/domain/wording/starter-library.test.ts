import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { INCIDENT_TYPE_IDS } from '#domain/incidents/incident-types.ts'
import type { StarterMessage, StarterText } from '#domain/wording/starter-schema.ts'
import { STARTER_VARIABLES, StarterGroup } from '#domain/wording/starter-schema.ts'
import { root } from '../../architecture/make-skeleton.ts'

const folder = join(root, 'resources/wording')
const groups = await Promise.all(
  (await readdir(folder))
    .filter((file) => file.endsWith('.json'))
    .map(async (file) => ({ file, ...StarterGroup.parse(JSON.parse(await readFile(join(folder, file), 'utf8'))) })),
)
const messages = groups.flatMap((group) => group.messages)
const inGroup = (name: string) => groups.find(({ group }) => group === name)?.messages ?? []
const message = (id: string) => messages.filter((one) => one.id === `starter-${id}`)

/** The texts of a message that are said or published; steps are instructions, and what a customer may ask is not ours. */
function spoken({ core, body, objections, variants }: StarterMessage): StarterText[] {
  return [
    core,
    ...body.flatMap((block) => {
      if (block.block === 'commitment') return [block.text, block.action, block.owner, block.deadline]
      return block.block === 'step' ? [] : [block.text]
    }),
    ...objections.map(({ answer }) => answer),
    ...variants.map(({ text }) => text),
  ]
}

const steps = ({ body }: StarterMessage) => body.filter(({ block }) => block === 'step').map(({ text }) => text)
const asked = ({ objections }: StarterMessage) => objections.map(({ ask }) => ask)
const texts = messages.flatMap((one) => [one.title, ...spoken(one), ...steps(one), ...asked(one)].map((text) => ({ id: one.id, text })))
const variables = (text: string) => [...text.matchAll(/\{(?<name>[^}]*)\}/gu)].map(({ groups: found }) => found?.['name'] ?? '').toSorted()
const blocks = (one: StarterMessage | undefined, kind: string) => one?.body.filter(({ block }) => block === kind) ?? []

test('a file is named after its group, and ids are unique', () => {
  expect(groups.map(({ file }) => file)).toEqual(groups.map(({ group }) => `${group}.json`))
  const ids = messages.map(({ id }) => id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

test('every text is in both languages', () => {
  const han = /\p{Script=Han}/u
  const onlyVariables = /^(?:\{[a-z]+\})+$/u
  const wrong = texts.filter(({ text: { zh, en } }) => han.test(en) || (!han.test(zh) && !onlyVariables.test(zh)))
  expect(wrong).toEqual([])
})

test('texts hold only known variables, the same ones in both languages', () => {
  const known = new Set<string>(STARTER_VARIABLES)
  const wrong = texts.filter(({ text: { zh, en } }) => {
    const both = [...new Set(variables(zh))].join(' ') === [...new Set(variables(en))].join(' ')
    return !both || variables(zh).some((name) => !known.has(name)) || /[{}]/u.test(zh.replaceAll(/\{[a-z]+\}/gu, ''))
  })
  expect(wrong).toEqual([])
})

test.for([
  [
    'vague times',
    /尽快|尽早|尽量|稍后|稍等|近期|不久|马上|立即|立刻|第一时间/u,
    /as soon as|asap|\bsoon\b|\bshortly\b|immediately|right away/iu,
  ],
  [
    'absolute words',
    /最|第一|唯一|绝对|百分之百|100\s?%|保证|一定|永远|永不|彻底|完全|万无一失|零风险|全网|顶级/u,
    /100\s?%|absolute|guarantee|perfect|completely|\bnever\b|\balways\b|the best|no risk/iu,
  ],
  ['amounts', /[¥￥]|\d\s?元|[0-9一二三四五六七八九十百千万两双]倍|全额|假一赔/u, /[¥$]|\d\s?(?:yuan|rmb)|\bdouble\b|in full/iu],
  [
    'legal judgments',
    /违法|违规|侵权|犯罪|诽谤|造谣|谣言|欺诈|追究|法律责任|违约/u,
    /illegal|unlawful|infring|criminal|defam|fraud|\bliable|\bliability/iu,
  ],
  [
    'blame',
    /您的问题是|是您的问题|是您的错|误解|误会|您应该|您没看|您没有看|您要理解|请您理解|请您谅解|敬请谅解|冷静|您自己的责任|恶意投诉/u,
    /your fault|misunderst|you should have|please understand|calm down|unfortunately|inconvenience/iu,
  ],
  ['assurances', /请放心|您放心|没问题|不可能|肯定不会/u, /rest assured|no problem|impossible|don't worry/iu],
] as const)('no text that is said holds %s', ([, zh, en]) => {
  const said = messages.flatMap((one) => [one.title, ...spoken(one)].map((text) => ({ id: one.id, text })))
  expect(said.filter(({ text }) => zh.test(text.zh) || en.test(text.en))).toEqual([])
})

test('TK-04, TK-05: a commitment names its deadline by a variable and is dated where it is said', () => {
  const commitments = messages.flatMap((one) =>
    one.body.flatMap((block) => (block.block === 'commitment' ? [{ id: one.id, ...block }] : [])),
  )
  expect(commitments.length).toBeGreaterThan(60)
  const undated = commitments.filter((one) => [one.text, one.deadline].some((text) => !/\{(?:deadline|time)\}/u.test(text.zh)))
  expect(undated).toEqual([])
  expect(commitments.filter(({ owner }) => !/\{(?:owner|agent)\}/u.test(owner.zh))).toEqual([])
})

test('TK-01: the talk map has five steps, each with what to do and three sentences', () => {
  for (const step of ['listen', 'empathize', 'clarify', 'offer', 'agree']) {
    const [found] = message(`talk-map-${step}`)
    expect(blocks(found, 'step')).toHaveLength(1)
    expect(found?.body).toHaveLength(4)
  }
})

test('TK-02…05: six scripts join empathy, reassurance and commitment, in this order', () => {
  const formula = messages.filter(({ id }) => id.startsWith('starter-formula-'))
  expect(formula).toHaveLength(6)
  for (const { body } of formula) expect(body.map(({ block }) => block)).toEqual(['empathy', 'reassurance', 'commitment'])
  expect(new Set(formula.map(({ scenario }) => scenario)).size).toBe(6)
  // TK-03: the pattern names the feeling, then says “I would too”.
  for (const { body } of formula) expect(body[0]?.text.zh).toMatch(/我理解您的.+，.*换了/u)
})

test.for(['responsibility', 'compensation', 'threat', 'policy'])(
  'TK-06…09, PS-05: challenge “%s” in three states, each with two answers',
  (kind) => {
    const found = messages.filter(({ scenario }) => scenario === `challenge-${kind}`)
    expect(found.map(({ state }) => state)).toEqual(['angry', 'disappointed', 'suspicious'])
    for (const one of found) {
      expect(blocks(one, 'step')).toHaveLength(1)
      expect(one.objections).toHaveLength(2)
    }
  },
)

test('HD-01: listening has five steps', () => {
  expect(blocks(message('listening-five-steps')[0], 'step')).toHaveLength(5)
})

test('HD-03: five forms of empathy, each with three sentences', () => {
  const forms = messages.filter(({ scenario }) => scenario === 'empathy')
  expect(forms.map((one) => blocks(one, 'empathy').length)).toEqual([3, 3, 3, 3, 3])
})

test('HD-04: a script for each class of demand', () => {
  expect(messages.filter(({ scenario }) => scenario === 'demand-classes').map(({ id }) => id)).toEqual([
    'starter-demand-factual',
    'starter-demand-emotional',
    'starter-demand-procedural',
  ])
})

test('HD-05: closing a case has five steps and a commitment', () => {
  const [closing] = message('closing-loop')
  expect(blocks(closing, 'step')).toHaveLength(5)
  expect(blocks(closing, 'commitment')).toHaveLength(1)
})

test('PS-02…04: a script for each motive of a complaint', () => {
  const motives = messages.filter(({ scenario }) => scenario === 'complaint-motives').map(({ id }) => id)
  expect(motives).toEqual(['starter-motive-justice', 'starter-motive-respect', 'starter-motive-venting'])
})

test.for(INCIDENT_TYPE_IDS)('C2-06, C1-03: “%s” has its first statement and its apology', (type) => {
  const kinds = inGroup('statements').filter(({ scenario }) => scenario === type)
  expect(kinds.map(({ statement }) => statement)).toEqual(['first', 'apology'])
})

test('statements have a version for Weibo, SMS and the telephone; each within its length', () => {
  // As long as real values are: a team fills them in before it sends the message.
  const values = {
    brand: '定风波',
    product: '空气净化器',
    hotline: '400-000-0000',
    deadline: '3日18点',
    link: 't.cn/A6abcde',
    owner: '王经理',
    channel: '小程序',
  }
  const filled = (text: string) => Object.entries(values).reduce((sum, [name, value]) => sum.replaceAll(`{${name}}`, value), text)
  const found = inGroup('statements')
  expect(found.map(({ statement }) => statement).filter((kind) => kind === 'progress' || kind === 'all-clear')).toHaveLength(2)
  for (const { variants } of found) expect(variants.map(({ channel }) => channel)).toEqual(['weibo', 'sms', 'phone'])
  const sms = messages.flatMap(({ id, variants }) =>
    variants.filter(({ channel }) => channel === 'sms').map(({ text }) => ({ id, zh: filled(text.zh) })),
  )
  expect(sms.filter(({ zh }) => zh.length > 70 || zh.includes('{'))).toEqual([])
  // What Weibo shows without a click; what an agent can read aloud within a minute, at four characters in a second.
  const long = { weibo: 140, phone: 240 }
  for (const [channel, limit] of Object.entries(long)) {
    const all = messages.flatMap((one) => one.variants.filter((variant) => variant.channel === channel).map(({ text }) => filled(text.zh)))
    expect(all.filter((zh) => zh.length > limit)).toEqual([])
  }
})

test('a public text holds no variable that agents fill in while they speak', () => {
  const open = [...inGroup('statements'), ...inGroup('notices')].flatMap((one) => [
    ...one.body.map(({ text }) => text),
    ...one.variants.filter(({ channel }) => channel !== 'phone').map(({ text }) => text),
  ])
  expect(open.filter(({ zh }) => /\{(?:time|order|agent)\}/u.test(zh))).toEqual([])
})

test('MS-01, MS-02, MS-04: the matrix is complete, each case with its core message, commitment and answers', () => {
  const states = ['angry', 'disappointed', 'suspicious']
  const cases = inGroup('script-matrix')
  const scenarios = [...new Set(cases.map(({ scenario }) => scenario))]
  expect(scenarios).toHaveLength(7)
  expect(cases.map(({ scenario, state }) => `${scenario} ${state}`)).toEqual(
    scenarios.flatMap((one) => states.map((state) => `${one} ${state}`)),
  )
  for (const one of cases) {
    expect(blocks(one, 'commitment').length).toBe(1)
    expect(one.objections.length).toBeGreaterThanOrEqual(2)
  }
})

test('MS-17: wording for worse situations is prepared and says when it is used', () => {
  const escalated = inGroup('escalated')
  expect(escalated).toHaveLength(3)
  for (const one of escalated) expect(steps(one)[0]?.zh).toMatch(/^何时用：/u)
})

test('PS-05: anger is soothed, disappointment is asked about, suspicion gets something to check', () => {
  for (const { state, body } of inGroup('script-matrix')) {
    const kinds = body.map(({ block }) => block).filter((block) => block !== 'step')
    expect(kinds[0]).toBe('empathy')
    expect(kinds).toContain(state === 'disappointed' ? 'text' : 'reassurance')
    if (state === 'disappointed') expect(body.some(({ text }) => text.zh.includes('？') || text.zh.includes('讲给我听'))).toBe(true)
  }
})

test('UP-01…04: product safety has a version for each audience', () => {
  const [angry] = message('matrix-product-safety-angry')
  expect(angry?.variants.map(({ audience }) => audience)).toEqual(['gen-z', 'middle', 'silver', 'opinion-leader'])
})

test('QA-01…05: twelve questions of customers and six of agents', () => {
  const questions = inGroup('faq')
  expect(questions.filter(({ scenario }) => scenario !== 'agents')).toHaveLength(12)
  expect(questions.filter(({ scenario }) => scenario === 'agents')).toHaveLength(6)
})

test('CS-07, CS-09, CS-10: a hand-over hint says when and to whom, and has the sentence', () => {
  const hints = inGroup('handover').filter(({ id }) => id !== 'starter-handover-receiving')
  expect(hints.length).toBeGreaterThanOrEqual(8)
  for (const one of hints) {
    expect(steps(one)[0]?.zh).toMatch(/^何时：.+(?:转给|做法)：/u)
    expect(blocks(one, 'text').length).toBe(1)
  }
})
