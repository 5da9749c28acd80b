import type { PlanContent } from '../plan.ts'
import { zhEn } from './zh-en.ts'

/**
 * A complaint that customer service could not settle and that went public (TY-01, 002-01). Times without an ID beside them
 * are our own: the source gives only the five clocks, the 15 minutes of 003-14 and the call-back window of CB-04.
 */
export const complaintEscalation = {
  title: zhEn('投诉升级应对预案', 'Complaint escalation'),
  purpose: zhEn(
    '客户投诉没能在客服环节解决、已经转到社交平台或监管渠道时，先把人安抚好、把问题解决掉，不让个案变成公共事件。',
    'When a complaint was not settled by customer service and has moved to social platforms or a regulator: calm the customer, solve the problem, and keep one case from becoming a public event.',
  ),
  types: ['service-complaint', 'complaint-escalation'],
  phases: [
    { key: 'contain', title: zhEn('稳住客户', 'Calm the customer'), fromHour: 0, toHour: 1 },
    { key: 'respond', title: zhEn('公开回应', 'Respond in public'), fromHour: 1, toHour: 6 },
    { key: 'resolve', title: zhEn('解决问题', 'Solve the problem'), fromHour: 6, toHour: 24 },
    { key: 'repair', title: zhEn('道歉与整改', 'Apologize and fix'), fromHour: 24, toHour: 72 },
    { key: 'close', title: zhEn('回访与复盘', 'Call back and look back'), fromHour: 72, toHour: null },
  ],
  tasks: [
    {
      key: 'name-owner',
      phase: 'contain',
      title: zhEn('指定专人跟进，停止转接', 'Name one owner, stop all transfers'),
      department: 'call-center',
      due: { afterDeclarationMin: 10 },
      after: [],
      // TO-09, CS-09: several transfers, long waits and repeat complaints cause customers to go public.
      checklist: [
        zhEn('指定一名有权限的资深专员，写明姓名和直线电话', 'A senior agent with authority is named, with a direct number'),
        zhEn('合并同一客户的全部工单，其他坐席不再外呼', 'All tickets of this customer are merged; no other agent calls'),
        zhEn('工单标为最高优先级', 'The ticket has the highest priority'),
        zhEn('专员看完历史沟通记录，不让客户重复陈述', 'The owner has read the whole history, so the customer need not repeat it'),
      ],
    },
    {
      key: 'contact-customer',
      phase: 'contain',
      title: zhEn('主动联系客户本人', 'Contact the customer first'),
      department: 'call-center',
      // 003-14: proactive contact within 15 minutes after a consumer spoke on social media.
      due: { afterDeclarationMin: 15 },
      after: ['name-owner'],
      checklist: [
        zhEn('客户公开发声后 15 分钟内电话或私信联系', 'Called or messaged within 15 minutes of the public post'),
        zhEn('先听完，不打断，复述要点请客户确认', 'Heard out without interruption; main points repeated and confirmed'),
        // HD-04: the three classes of demands.
        zhEn('分清诉求：要解决什么、要什么态度、要多快', 'Demands sorted: what to solve, what respect, how fast'),
        // TK-04, TK-05: promise only what is concrete, feasible and dated.
        zhEn('承诺下一次联系的具体时间，并当场记下', 'The time of the next contact is promised and noted'),
        zhEn('联系不上时记下每次尝试，改发私信', 'If not reached: each attempt noted, a message sent'),
        zhEn('不要求客户先删帖', 'Deleting the post was not made a condition'),
      ],
    },
    {
      key: 'grade',
      phase: 'contain',
      title: zhEn('判定投诉等级和升级信号', 'Grade the complaint and its signs'),
      department: 'call-center',
      due: { afterDeclarationMin: 30 },
      after: [],
      checklist: [
        // GR-01…GR-04.
        zhEn('定级：普通、敏感、高风险或危机', 'Graded: ordinary, sensitive, high risk or crisis'),
        // GR-06.
        zhEn(
          '查发帖人：媒体人、大 V、专家或多平台投诉习惯',
          'Author checked: media, opinion leader, expert, habit of complaining everywhere',
        ),
        // EV-03.
        zhEn('查升级信号：录音截图、@ 监管账号、号召转发', 'Signs checked: recordings, regulators mentioned, calls to forward'),
        // GR-08.
        zhEn('查近期有无同类投诉、是否正逢促销', 'Similar recent complaints and running promotions checked'),
        zhEn('等级和依据写入时间线', 'Grade and grounds are in the timeline'),
      ],
    },
    {
      key: 'keep-records',
      phase: 'contain',
      title: zhEn('封存录音、聊天和工单记录', 'Secure recordings, chats and tickets'),
      department: 'technical',
      due: { afterDeclarationMin: 45 },
      after: [],
      checklist: [
        zhEn('导出全部通话录音和聊天记录，核对起止时间', 'All recordings and chats exported, start and end times checked'),
        zhEn('原始文件设为只读，限定查阅人', 'Originals are read-only, with named readers'),
        zhEn('保存客户公开发布的原帖、评论和视频', 'The public post, comments and videos are saved'),
      ],
    },
    {
      key: 'holding-script',
      phase: 'contain',
      title: zhEn('下发临时口径', 'Give out the holding script'),
      department: 'pr',
      due: { beforeClock: 'response', minutes: 10 },
      after: [],
      // MS-08, MS-12, QA-02, 000-16.
      checklist: [
        zhEn('三句话说清：已关注、在核实、何时答复', 'Three sentences: we know, we are checking, when we answer'),
        zhEn('写明不能说的话：责任判断、赔偿数额、客户信息', 'What must not be said: blame, amounts, customer data'),
        zhEn('备好客户威胁曝光时的答法：共情、承诺、时间表', 'Answer to a threat of exposure: empathy, promise, timetable'),
        zhEn('外包坐席同步收到，不得自行解释', 'Outsourced agents have it and give no answers of their own'),
        zhEn('写明发布人和有效时间', 'Issuer and time of validity are stated'),
      ],
    },
    {
      key: 'watch',
      phase: 'contain',
      title: zhEn('启动 7×24 小时监测', 'Start watching round the clock'),
      department: 'social-media',
      // MO-01; the limits below are GR-09/AN-01, AN-02, AN-03 and AN-04.
      due: { afterDeclarationMin: 60 },
      after: [],
      checklist: [
        zhEn('关键词加入品牌、产品、客户昵称和话题标签', 'Keywords: brand, product, author’s name and tags'),
        zhEn('覆盖微信、微博、抖音、小红书和投诉网站', 'WeChat, Weibo, Douyin, Xiaohongshu and complaint sites covered'),
        zhEn('话题量 24 小时增长超过 200%，立即报指挥', 'Topic up more than 200% in 24 hours: report at once'),
        zhEn(
          '负面占比超过 70%，或主流媒体超过 3 家，立即报指挥',
          'Negative share over 70% or more than 3 mainstream media: report at once',
        ),
        zhEn('相关来电增长 50% 以上，提醒呼叫中心', 'Related inquiries up 50%: tell the call center'),
        zhEn('排好夜班，写明值守人电话', 'Night duty is set, with a phone number'),
      ],
    },
    {
      key: 'find-facts',
      phase: 'respond',
      title: zhEn('查清事实经过', 'Establish what happened'),
      department: 'business',
      due: { afterDeclarationMin: 180 },
      after: ['keep-records'],
      checklist: [
        zhEn('按时间列出每次沟通、每个承诺和兑现情况', 'Each contact, promise and outcome listed by time'),
        zhEn('核对订单、物流、检测和退款记录', 'Order, delivery, inspection and refund records checked'),
        zhEn('分清我方差错、客户误解和尚不清楚的部分', 'Our fault, misunderstanding and the unknown kept apart'),
        zhEn('承认的事实由业务负责人签字', 'The head of business has signed the facts we admit'),
      ],
    },
    {
      key: 'legal-limits',
      phase: 'respond',
      title: zhEn('划定可承诺和不可承诺的范围', 'Set what may and may not be promised'),
      department: 'legal',
      due: { afterDeclarationMin: 180 },
      after: [],
      // LI-03.
      checklist: [
        zhEn('对照消费者权益保护规定，写明法定责任', 'Statutory duties under consumer law written down'),
        zhEn('列出可承诺、不可承诺的事项', 'Lists of what may and may not be promised'),
        zhEn('检查公开回应会不会泄露客户隐私', 'Public answers checked for customer privacy'),
      ],
    },
    {
      key: 'decide-solution',
      phase: 'respond',
      title: zhEn('敲定解决方案和补偿额度', 'Decide the solution and compensation'),
      department: 'business',
      due: { afterDeclarationMin: 225 },
      after: ['find-facts', 'legal-limits'],
      // TK-07: solve first, then compensate by policy. EX-03: agents may approve within a limit.
      checklist: [
        zhEn('先定怎么解决，再谈补偿', 'The solution comes first, compensation second'),
        zhEn('给客户至少两个可选方案', 'The customer has at least two options'),
        zhEn('写明专员可当场批准的额度', 'The amount the owner may approve alone is stated'),
        zhEn('评估同类客户照此办理的成本', 'Cost of treating similar customers alike is estimated'),
      ],
    },
    {
      key: 'public-reply',
      phase: 'respond',
      title: zhEn('在原帖下公开回应', 'Reply under the original post'),
      department: 'social-media',
      due: { beforeClock: 'public-response', minutes: 0 },
      after: ['holding-script', 'contact-customer'],
      checklist: [
        zhEn('回应客户具体的遭遇，不用模板话', 'It answers this customer’s case, no template'),
        zhEn('给出对接人和下次更新时间', 'It names a contact and the time of the next update'),
        zhEn('不透露客户订单和个人信息', 'It shows no order or personal data'),
        zhEn('不同平台分别措辞，评论区有人值守', 'Worded for each platform; comments are attended'),
      ],
    },
    {
      key: 'draft-statement',
      phase: 'respond',
      title: zhEn('起草情况说明', 'Draft the statement'),
      department: 'pr',
      due: { beforeClock: 'first-statement', minutes: 60 },
      after: ['find-facts'],
      checklist: [
        zhEn('写清已知事实、正在做的事和时间', 'Known facts, what is being done, and when'),
        zhEn('该承认的问题直接承认', 'What is ours to admit is admitted'),
        zhEn('不指责客户，不暗示恶意', 'No blame on the customer, no hint of malice'),
        zhEn('和已发布的回应逐句核对，前后一致', 'Checked sentence by sentence against earlier replies'),
      ],
    },
    {
      key: 'legal-review',
      phase: 'respond',
      title: zhEn('法务审核情况说明', 'Have legal review the statement'),
      department: 'legal',
      due: { beforeClock: 'first-statement', minutes: 20 },
      after: ['draft-statement'],
      checklist: [
        zhEn('每条事实有证据对应', 'Each fact has evidence'),
        zhEn('没有超出范围的承诺', 'No promise goes beyond the limits'),
        zhEn('没有泄露隐私或构成名誉侵权的表述', 'No breach of privacy, no defamation'),
        zhEn('指挥签发，记下时间', 'The commander has released it, time noted'),
      ],
    },
    {
      key: 'publish-statement',
      phase: 'respond',
      title: zhEn('发布情况说明', 'Publish the statement'),
      department: 'pr',
      due: { beforeClock: 'first-statement', minutes: 10 },
      after: ['legal-review'],
      checklist: [
        zhEn('官方账号同时发布，文字一致', 'All official accounts post the same text at once'),
        zhEn('发布前告知客户本人', 'The customer was told beforehand'),
        zhEn('链接和截图存入时间线', 'Link and screenshot are in the timeline'),
      ],
    },
    {
      key: 'agent-script',
      phase: 'respond',
      title: zhEn('把话术下发给坐席', 'Give agents the script'),
      department: 'call-center',
      due: { beforeClock: 'first-statement', minutes: 0 },
      after: ['publish-statement'],
      checklist: [
        zhEn('话术与情况说明一致，旧版撤下', 'The script agrees with the statement; the old one is gone'),
        zhEn('覆盖责任质问、索赔、威胁投诉、质疑政策四类', 'Covers blame, claims, threats and doubts about policy'),
        zhEn('在岗坐席逐人确认已读', 'Every agent on duty has confirmed reading'),
        zhEn('组长抽听，半小时内纠偏', 'Team leads listen in and correct within half an hour'),
      ],
    },
    {
      key: 'settle',
      phase: 'resolve',
      title: zhEn('与客户达成一致并兑现', 'Agree with the customer and deliver'),
      department: 'business',
      due: { beforeClock: 'handling', minutes: 120 },
      after: ['decide-solution'],
      checklist: [
        zhEn('方案由专员当面或电话讲清，客户明确同意', 'Solution explained in person or by phone, customer agrees'),
        zhEn('退款、换货或维修已经办理，凭证发给客户', 'Refund, exchange or repair is done, proof sent'),
        zhEn('排查同类投诉，一并处理', 'Similar complaints found and treated too'),
        zhEn('客户不同意时，报指挥换人再谈', 'If the customer refuses: told the commander, another person talks'),
      ],
    },
    {
      key: 'handling-brief',
      phase: 'resolve',
      title: zhEn('提交 24 小时处置小结', 'Report on the first 24 hours'),
      department: null,
      due: { beforeClock: 'handling', minutes: 0 },
      after: [],
      checklist: [
        zhEn('写明客户是否接受、还欠什么', 'Whether the customer accepts, and what is still owed'),
        zhEn('附舆情曲线和来电量', 'Curve of the public debate and call volume attached'),
        zhEn('判断升级、维持或降级，并说明理由', 'Level raised, kept or lowered, with reasons'),
        zhEn('报决策层', 'Sent to the decision layer'),
      ],
    },
    {
      key: 'apologise',
      phase: 'repair',
      title: zhEn('就我方差错正式道歉', 'Apologize formally for our fault'),
      department: 'pr',
      due: { beforeClock: 'apology', minutes: 60 },
      after: ['find-facts'],
      checklist: [
        zhEn('由负责人具名，不用“客服部”落款', 'A responsible person signs, not a department'),
        zhEn('说清错在哪、改什么、何时改完', 'Says what was wrong, what changes, by when'),
        zhEn('法务看过，先送客户本人', 'Legal has seen it; the customer gets it first'),
        zhEn('确无差错时，写明理由并放弃此项', 'If we are not at fault: reason given, task dropped'),
      ],
    },
    {
      key: 'mend-process',
      phase: 'repair',
      title: zhEn('堵住流程漏洞', 'Close the gap in the process'),
      department: 'business',
      due: { afterDeclarationMin: 4320 },
      after: ['find-facts'],
      // CA-02, CA-03, CA-05: list of causes to choose from.
      checklist: [
        zhEn('判定根因：期望落差、信息不透明或流程不规范', 'Cause named: expectation gap, lack of openness, or process'),
        zhEn('改写对应的服务标准或权限', 'The service standard or authority is rewritten'),
        zhEn('给出责任人和完成日期', 'With an owner and a date'),
        zhEn('更新知识库和话术库', 'Knowledge base and scripts are updated'),
      ],
    },
    {
      key: 'call-back',
      phase: 'close',
      title: zhEn('解决后 3 至 7 天回访客户', 'Call back 3 to 7 days after solving'),
      department: 'call-center',
      // CB-04 counts from the solution, whose time is unknown at the declaration: no due time.
      due: null,
      after: ['settle'],
      checklist: [
        zhEn('确认问题真正解决后再打，不早于 3 天、不晚于 7 天', 'Called once truly solved, not before day 3, not after day 7'),
        // CB-02, CB-03.
        zhEn('核心投诉者和意见领袖由高管亲自回访', 'Executives call core complainants and opinion leaders'),
        zhEn('询问满意度，记录原话', 'Satisfaction asked, own words noted'),
        // CB-07.
        zhEn('邀请提改进建议或加入用户体验组', 'Invited to suggest improvements or join a user group'),
      ],
    },
    {
      key: 'open-retrospective',
      phase: 'close',
      title: zhEn('开启复盘', 'Open the retrospective'),
      department: null,
      due: { afterDeclarationMin: 14400 },
      after: ['settle', 'mend-process', 'handling-brief'],
      // CL-02, CL-03, HD-05, DR-09.
      checklist: [
        zhEn('补齐时间线，标出拐点', 'Timeline completed, turning points marked'),
        zhEn('统计受影响客户、传播量、情绪和处理时长', 'Customers affected, reach, sentiment and handling time counted'),
        zhEn('定出改进项、责任人和日期', 'Improvements have owners and dates'),
        zhEn('收入案例库，安排坐席学习', 'Added to the case library for training'),
      ],
    },
  ],
  source: '001-TY-01, 002-01, 003-14, GR-01…GR-09, EV-03, TK-01…TK-09, HD-04, CS-01…CS-10, MS-08…MS-12, CB-01…CB-07, CL-01…CL-06',
} satisfies PlanContent
