import { expect, test } from 'vitest'
import { checkChinese, checkEnglish, found } from './check.ts'

// A check that cries wolf is switched off. These are sentences as PR and service should write them.

test.each([
  '我理解您很着急，这件事换成谁都会担心。',
  '我们已经收到您的反映，最迟今天下午3点前给您回电。',
  '我们会在3个工作日内把退款原路退回，到账时间以银行为准。',
  '最近两周生产的净化器，滤网批次为A3和A4的，请先停止使用。',
  '您可以拨打{hotline}，或到购买的门店换货，两种办法都不收费。',
  '第一时间停用机器，拔下插头，把机器放到通风的地方。',
  '第三方检测由市级质检机构进行，报告在12月5日18:00前公布。',
  '是否违法由主管部门认定，我们先把事实说清楚。',
  '换货需要带上购买凭证，找不到的话，用手机号也能查到订单。',
  '让您误解了我们的意思，是我们没有说清楚，对不起。',
  '这一批共1200台，已召回860台，其余的正在逐户联系。',
  '您愿意换新机，还是退款？两种都可以，由您决定。',
  '今天20:00前，我们会把进展再告诉您一次。',
  '家里有老人和孩子的，请先打开窗户通风。',
  '最后一次检测的结果是每立方米0.03毫克，低于国家标准的限值。',
  '如果身体不舒服，请先去医院，费用单据请留好。',
  '对不起，昨天的答复不准确，正确的召回范围是A3批次。',
  '这个问题我现在答不了，我会在{deadline}前问清楚再回您电话。',
  '质量保证期是两年，从开发票那天算起。',
  '第一，先断电；第二，开窗通风；最好先让老人离开房间。',
  '不要开到最高一档，也不要用最大的风量。',
  '近期天气炎热，请把机器放在阴凉的地方。',
  '第一笔退款已经到账，第一层滤网可以水洗。',
  '请您保证电源插好，并带上医保证。',
  '2025年开过一次会。2025年没有再发生。2025年底全部修完。',
  '请您尽快停用，并在方便时把机身底部的号码告诉我们。',
])('MS-03: a clean sentence has no findings: %s', (sentence) => {
  expect(found(checkChinese(sentence))).toEqual([])
})

test.each([
  'I understand that this is upsetting, and I am sorry that it happened.',
  'We will call you by 3 pm today with the result of the check.',
  'Please unplug the purifier and open a window as soon as possible.',
  'We will refund the price within three business days, to the account you paid from.',
  'You can bring it to any shop, or call {hotline} and we will collect it by {deadline}.',
  'An independent laboratory is testing the filters; its report is due on December 5.',
  'It is not your fault, and you do not need the receipt.',
  'Whether this was unlawful is for the authority to decide.',
])('MS-03: a clean English sentence has no findings: %s', (sentence) => {
  expect(found(checkEnglish(sentence))).toEqual([])
})

test('UP-03: short plain sentences are fine for older people too', () => {
  const text = '您好，我是清新的小李。机器请先不要用。今天下午3点前，我再给您打电话。您也可以到店里，有人帮您换。'
  expect(found(checkChinese(text, { audience: 'silver' }))).toEqual([])
})
