import type { PlanTask } from '../../plan.ts'
import { zhEn } from '../zh-en.ts'

/** From hour 48 on: the press conference and the recall (C2-04, C2-05), its progress (C2-11), call-backs and the retrospective. */
export const PEAK_TASKS = [
  {
    key: 'press-conference',
    phase: 'peak',
    title: zhEn('调查结束后 24 小时内开发布会', 'Hold the press conference within 24 hours'),
    detail: zhEn(
      '时限从调查结束时算起；调查提前结束，就把本任务的截止时间改早。',
      'The limit counts from the end of the investigation; where that ends early, move the due time of this task forward.',
    ),
    department: 'pr',
    // C2-09: 24 hours after the investigation, which is planned to end at hour 48.
    due: { afterDeclarationMin: 4320 },
    after: ['investigate', 'plan-recall'],
    checklist: [
      zhEn('会前向监管部门通报结论，报送召回计划', 'The regulator has the finding and the recall plan beforehand'),
      zhEn('技术负责人讲清原因、范围和风险', 'The technical head explains cause, scope and risk'),
      zhEn('CEO 致歉并宣布召回', 'The CEO apologizes and announces the recall'),
      zhEn('公布三种方案、查询入口和专线', 'Three options, serial check and hotline are announced'),
      zhEn('备好媒体问答，未知的如实说未知', 'Answers prepared; what is unknown is said to be unknown'),
      zhEn('会前半小时话术更新到坐席', 'Agents have the new script half an hour before'),
    ],
  },
  {
    key: 'run-recall',
    phase: 'easing',
    title: zhEn('启动召回，主动外呼预约', 'Run the recall, call customers for dates'),
    department: 'call-center',
    due: { afterDeclarationMin: 5760 },
    after: ['press-conference'],
    // C2-11: the company calls customers; they need not call.
    checklist: [
      zhEn('按销售记录列出名单，有伤情的排最前', 'List from sales records, injured customers first'),
      zhEn('电话、短信、站内信三轮触达', 'Reached in three rounds: call, text message, in-app message'),
      zhEn('客户自选维修、换新或延保，约好日期', 'The customer chooses repair, exchange or warranty, and a date'),
      zhEn('联系不上的名单每日清理', 'The list of those not reached is worked every day'),
    ],
  },
  {
    key: 'weekly-report',
    phase: 'easing',
    title: zhEn('每周公布召回进展', 'Publish the recall’s progress every week'),
    department: 'pr',
    // C2-11: the first report a week after the press conference.
    due: { afterDeclarationMin: 14400 },
    after: ['press-conference'],
    checklist: [
      zhEn('公布召回数量和维修完成率', 'States quantity recalled and repair completion rate'),
      zhEn('说明落后的原因和补救办法', 'States why it lags and what is done'),
      zhEn('固定周几发布，主动发给跟进的媒体', 'A fixed weekday, sent to the media that follow'),
      zhEn('数字由业务和法务核对', 'Figures checked by business and legal'),
    ],
  },
  {
    key: 'call-back',
    phase: 'easing',
    title: zhEn('处理完成后 3 至 7 天回访', 'Call back 3 to 7 days after the repair'),
    department: 'call-center',
    // CB-04 counts from each solution; EX-05: within a week after an exchange.
    due: null,
    after: ['run-recall'],
    checklist: [
      zhEn('受伤客户和意见领袖由高管亲自回访', 'Executives call those hurt and opinion leaders'),
      zhEn('换货客户一周内主动回访，给出使用建议', 'After an exchange: a call within a week, with advice'),
      zhEn('确认修好、用着放心，再致谢', 'Confirmed to work and feel safe, then thanked'),
      zhEn('记录仍不放心的客户，再次安排检测', 'Those still uneasy are noted and offered another test'),
    ],
  },
  {
    key: 'open-retrospective',
    phase: 'close',
    title: zhEn('局面受控后开启复盘', 'Open the retrospective once under control'),
    department: null,
    // C2-14: under control in three weeks.
    due: { afterDeclarationMin: 30240 },
    after: ['run-recall', 'press-conference'],
    // CL-02…CL-06, HA-03.
    checklist: [
      zhEn('对照四个阶段标出拐点，看哪一步慢了', 'Turning points against the four phases: what was slow'),
      zhEn('统计来电量、召回率、媒体和情绪变化', 'Calls, recall rate, media and sentiment counted'),
      zhEn('设计、供应链和质检的改进定责任人和日期', 'Improvements in design, supply and testing have owners and dates'),
      zhEn('安排三个月客户留存跟踪', 'Customer retention is followed for three months'),
      zhEn('改写本预案和安全话术', 'This plan and the safety scripts are rewritten'),
    ],
  },
] satisfies PlanTask[]
