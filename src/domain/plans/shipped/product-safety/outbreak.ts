import type { PlanTask } from '../../plan.ts'
import { zhEn } from '../zh-en.ts'

/** Hours 12 to 48 (C2-03): mainstream platforms, searches at ten times the usual. Handle the load, find the cause, prepare the recall. */
export const OUTBREAK_TASKS = [
  {
    key: 'surge-staff',
    phase: 'outbreak',
    title: zhEn('全公司抽调人手，建三级响应', 'Add staff, set up three-level response'),
    department: 'call-center',
    due: { afterDeclarationMin: 840 },
    after: [],
    // C2-13; OR-13.
    checklist: [
      zhEn('从全公司抽调应急人员，一小时培训后上岗', 'Staff from the whole company, on the phones after an hour of training'),
      zhEn('一线答常规，二线答技术，三线专家直接接听', 'First line routine, second line technical, third line the experts themselves'),
      zhEn('写明每级转接时限，专家保证随时在线', 'Time limit per level; an expert is always on line'),
      zhEn('情绪管理专员到岗，接手情绪激动的来电', 'An emotion specialist takes over heated calls'),
      // 004-12: two hours in a row of excited callers.
      zhEn('坐席连续接听激动来电不超过 2 小时', 'No agent takes heated calls for more than 2 hours in a row'),
    ],
  },
  {
    key: 'trend-brief',
    phase: 'outbreak',
    title: zhEn('实时分析来电，交 24 小时小结', 'Analyze calls live, report on 24 hours'),
    department: 'business',
    due: { beforeClock: 'handling', minutes: 0 },
    after: [],
    // C2-13; 004-14, 004-15, AN-04.
    checklist: [
      zhEn('按型号、批次、地区和伤情分类统计', 'Counted by model, batch, region and injury'),
      zhEn('连续 5 次以上相似投诉，立即报专家组', 'Five or more similar complaints in a row: tell the experts'),
      zhEn('3 小时来电超过均值 2 倍，立即加线', 'Calls over twice the average within 3 hours: add lines'),
      zhEn('24 小时小结写明伤情、规模和缺口，报决策层', 'The report on 24 hours tells injuries, scale and gaps to the decision layer'),
    ],
  },
  {
    key: 'plan-recall',
    phase: 'outbreak',
    title: zhEn('定召回方案，上线序列号查询', 'Plan the recall, put serial check online'),
    department: 'business',
    due: { afterDeclarationMin: 2640 },
    after: [],
    // C2-10: three options and an online check of serial numbers.
    checklist: [
      zhEn('选项一：上门维修，备足配件和人手', 'Option 1: on-site repair, with parts and technicians'),
      zhEn('选项二：免费换新，备足库存', 'Option 2: free exchange, with stock'),
      zhEn('选项三：延长保修，写明年限', 'Option 3: longer warranty, with its years'),
      zhEn('序列号在线查询上线，按批次逐一验证', 'The online serial-number check works for each batch'),
      zhEn('老人和不会上网的客户可电话查询', 'Those who are not online can ask by phone'),
      zhEn('费用和周期经决策层批准', 'Cost and duration approved by the decision layer'),
    ],
  },
  {
    key: 'apologise',
    phase: 'outbreak',
    title: zhEn('48 小时内正式道歉', 'Apologize formally within 48 hours'),
    department: 'pr',
    due: { beforeClock: 'apology', minutes: 60 },
    after: ['publish-statement'],
    // C1-03: within 48 hours; C1-07: sincere and concrete.
    checklist: [
      zhEn('向受伤客户和全体用户道歉，由负责人具名', 'To those hurt and to all users, signed by a person'),
      zhEn('不以“结论未出”推迟道歉', 'Not put off because the finding is open'),
      zhEn('说明医疗和损失怎么负担', 'Says how treatment and damage are borne'),
      zhEn('法务看过，先告知受伤客户', 'Legal has seen it; those hurt know first'),
    ],
  },
  {
    key: 'investigate',
    phase: 'outbreak',
    title: zhEn('成立专家组，查清原因和范围', 'Form the expert team, find cause and scope'),
    department: 'technical',
    due: { afterDeclarationMin: 2880 },
    after: ['stop-harm'],
    // C2-08.
    checklist: [
      zhEn('专家组含外部检测机构，名单可公开', 'The team includes an outside laboratory; names may be published'),
      zhEn('取样、检测过程全程留痕', 'Sampling and tests are recorded throughout'),
      zhEn('建立反馈案例库，逐案关联型号和批次', 'A database of reported cases, each tied to model and batch'),
      zhEn('结论写明原因、影响范围和严重程度', 'The finding states cause, scope and severity'),
      zhEn('记下调查结束时间，发布会从此起算', 'The end of the investigation is noted: the press conference counts from it'),
    ],
  },
] satisfies PlanTask[]
