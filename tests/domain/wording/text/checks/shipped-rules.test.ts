import { WordingRules } from '#domain/wording/text/checks/rule.ts'
import { DEFAULT_RULES } from '#domain/wording/text/checks/shipped/default-rules.ts'
import { expect, test } from 'vitest'
import { checkChinese, checkEnglish } from './check.ts'

test('the shipped rules are valid data, each with a source and words in both languages', () => {
  expect(WordingRules.parse(JSON.parse(JSON.stringify(DEFAULT_RULES)))).toEqual(DEFAULT_RULES)
})

test.each([
  ['LI-03', 'promise', '我们承诺全额赔偿。', '全额赔偿'],
  ['LI-03', 'promise', '这个一定会赔的。', '一定会赔'],
  ['LI-03', 'promise', '我保证没有问题。', '保证'],
  ['LI-03', 'promise', '假一赔十。', '假一赔十'],
  ['MS-03', 'absolute', '这是全国最好的滤网。', '全国最好'],
  ['MS-03', 'absolute', '行业第一品牌。', '行业第一品牌'],
  ['MS-03', 'absolute', '产品绝对安全。', '绝对安全'],
  ['MS-03', 'absolute', '合格率１００％。', '１００％'],
  ['MS-03', 'absolute', '这是最安全的。', '最'],
  ['LI-03', 'judgement', '这种行为构成欺诈。', '构成欺诈'],
  ['LI-03', 'judgement', '我方负全责。', '我方负全责'],
  ['LI-03', 'judgement', '您这样做已经是诽谤。', '您这样做已经是诽谤'],
  ['TK-06', 'blame', '应该是您操作不当造成的。', '应该是您操作不当'],
  ['TK-03', 'blame', '您误解了。', '您误解了'],
  ['LI-02', 'blame', '这不归我们管。', '这不归我们管'],
  ['TK-05', 'deadline', '我们会处理的。', '我们会'],
  ['TK-05', 'deadline', '问题近期解决。', '近期解决'],
  ['TK-04', 'deadline', '稍后给您答复。', '稍后'],
  ['TK-03', 'formula', '给您带来不便，敬请谅解。', '敬请谅解'],
  ['LI-03', 'personal', '请联系王女士 13812345678。', '138****5678'],
  ['LI-03', 'personal', '送到幸福路12号阳光小区3栋2单元501室。', '送到***'],
  ['MS-03', 'variable', '请拨打{hotline。', '{'],
  ['MS-03', 'hidden', '我们\u202e已停售\u202c。', 'U+202E'],
  ['MS-03', 'hidden', '我们已\u200b停售。', 'U+200B'],
])('%s: %s in Chinese: %s', (_id, kind, text, place) => {
  const findings = checkChinese(text)
  expect(findings.map((finding) => `${finding.kind}: ${finding.excerpt}`)).toContain(`${kind}: ${place}`)
})

test.each([
  ['LI-03', 'promise', 'You get a full refund guaranteed.', 'full refund guaranteed'],
  ['LI-03', 'promise', 'We take full responsibility.', 'take full responsibility'],
  ['MS-03', 'absolute', 'It is absolutely safe.', 'absolutely safe'],
  ['LI-03', 'judgement', 'That was illegal.', 'was illegal'],
  ['LI-02', 'blame', 'You must have misunderstood.', 'You must have misunderstood'],
  ['LI-02', 'blame', "It isn't our fault.", "isn't our fault"],
  ['TK-05', 'deadline', 'We will look into it.', 'We will'],
  ['TK-05', 'deadline', 'You hear from us ASAP.', 'ASAP'],
  ['TK-03', 'formula', 'We apologize for any inconvenience caused.', 'apologize for any inconvenience'],
  ['LI-03', 'personal', 'Write to li.wei@example.com.', 'l***@example.com'],
])('%s: %s in English: %s', (_id, kind, text, place) => {
  const findings = checkEnglish(text)
  expect(findings.map((finding) => `${finding.kind}: ${finding.excerpt}`)).toContain(`${kind}: ${place}`)
})

test('UP-03: for older people, jargon, long and nested sentences are found, for others not', () => {
  const text = '请您下载我们的APP，扫码登录以后，在后台的在线客服的页面里，上传购买凭证的照片并等待审核结果。'
  expect(new Set(checkChinese(text, { audience: 'silver' }).map(({ ruleId }) => ruleId))).toEqual(
    new Set(['zh-jargon', 'zh-long-sentence', 'nested-clauses']),
  )
  expect(checkChinese(text)).toEqual([])
})
