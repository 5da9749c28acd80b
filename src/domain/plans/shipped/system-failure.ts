import type { PlanContent } from '../plan.ts'
import { zhEn } from './zh-en.ts'

/**
 * Ordering, payment or support systems are down (002-01). The limit of 003-04 is 30 minutes: after that customers leave in
 * numbers and regulators inquire. Times without an ID beside them are our own.
 */
export const systemFailure = {
  title: zhEn('系统故障应对预案', 'System failure'),
  purpose: zhEn(
    '下单、支付或客服系统不可用时，30 分钟内止损并公告，边恢复边安抚，不让技术故障变成信任危机。',
    'When ordering, payment or support is down: limit the damage and announce it within 30 minutes, calm customers while restoring, and keep a fault from becoming a crisis of trust.',
  ),
  types: ['system-failure'],
  phases: [
    // 003-04: 30 minutes.
    { key: 'halt', title: zhEn('30 分钟止损', 'Halt within 30 minutes'), fromHour: 0, toHour: 0.5 },
    { key: 'divert', title: zhEn('分流与抢修', 'Divert and repair'), fromHour: 0.5, toHour: 4 },
    { key: 'restore', title: zhEn('恢复与补偿', 'Restore and compensate'), fromHour: 4, toHour: 24 },
    { key: 'prevent', title: zhEn('查因与预防', 'Find the cause, prevent'), fromHour: 24, toHour: 72 },
    { key: 'close', title: zhEn('回访与复盘', 'Call back and look back'), fromHour: 72, toHour: null },
  ],
  tasks: [
    {
      key: 'confirm-outage',
      phase: 'halt',
      title: zhEn('确认故障范围和起始时间', 'Confirm scope and start of the failure'),
      department: 'technical',
      due: { afterDeclarationMin: 10 },
      after: [],
      checklist: [
        zhEn('列出不可用的功能、渠道和地区', 'Functions, channels and regions that are down listed'),
        zhEn('记下第一条告警和第一个客诉的时间', 'Time of the first alarm and the first complaint noted'),
        zhEn('初判：自身、第三方或攻击', 'First judgment: ours, a third party, or an attack'),
        zhEn('疑似攻击的，并行启动攻击预案', 'If an attack is likely, that plan is started too'),
      ],
    },
    {
      key: 'convene',
      phase: 'halt',
      title: zhEn('拉起抢修会议，打通三方信息', 'Open the bridge: service, technology and PR'),
      department: null,
      due: { afterDeclarationMin: 15 },
      after: [],
      // 003-09.
      checklist: [
        zhEn('技术、呼叫中心、公关同在一个会议', 'Technical, call center and PR are in one call'),
        zhEn('指定一人每 15 分钟报一次进展', 'One person reports progress every 15 minutes'),
        zhEn('授权技术可直接回滚和限流', 'Technical may roll back and throttle on its own'),
      ],
    },
    {
      key: 'degrade',
      phase: 'halt',
      title: zhEn('切换备用，降级运行', 'Switch to the spare, run degraded'),
      department: 'technical',
      due: { afterDeclarationMin: 25 },
      after: ['confirm-outage'],
      checklist: [
        zhEn('保住查询、退款和人工客服入口', 'Inquiries, refunds and human agents stay reachable'),
        zhEn('非核心功能和营销活动先停', 'Minor functions and promotions stop first'),
        zhEn('冻结一切无关发布', 'All other releases are frozen'),
        zhEn('切换后逐渠道试一单', 'One order tried on each channel after the switch'),
      ],
    },
    {
      key: 'holding-script',
      phase: 'halt',
      title: zhEn('下发临时话术', 'Give out the holding script'),
      department: 'call-center',
      due: { afterDeclarationMin: 25 },
      after: [],
      checklist: [
        zhEn('承认故障，说清影响什么、不影响什么', 'Admits the fault, says what is and is not affected'),
        zhEn('不承诺恢复时间，只承诺下次更新时间', 'Promises the next update, not the recovery'),
        zhEn('已扣款、重复下单、急单各有答法', 'Answers for money taken, double orders, urgent orders'),
      ],
    },
    {
      key: 'outage-notice',
      phase: 'halt',
      title: zhEn('30 分钟内发布故障公告', 'Announce the outage within 30 minutes'),
      department: 'pr',
      // 003-04.
      due: { afterDeclarationMin: 30 },
      after: ['confirm-outage'],
      checklist: [
        zhEn('应用内、官网、官方账号和语音导航同时挂出', 'In the app, on the website, official accounts and phone menu'),
        zhEn('写明影响、替代办法和下次更新时间', 'Says impact, ways around and time of the next update'),
        zhEn('满 30 分钟未恢复，报指挥考虑升级', 'Still down after 30 minutes: the commander weighs a higher level'),
      ],
    },
    {
      key: 'auto-soothe',
      phase: 'divert',
      title: zhEn('开启自动安抚和排队告知', 'Turn on automatic soothing and queue notice'),
      department: 'call-center',
      due: { beforeClock: 'response', minutes: 0 },
      after: ['holding-script'],
      // 003-10.
      checklist: [
        zhEn('机器人首句先致歉、再给替代办法', 'The robot apologizes first, then offers a way around'),
        zhEn('显示排队人数，可预约回拨', 'Place in the queue shown, call-back offered'),
        zhEn('机器人也不可用时，直转人工和语音公告', 'If the robot is down: straight to people and recorded notice'),
      ],
    },
    {
      key: 'watch',
      phase: 'divert',
      title: zhEn('监测情绪和话题', 'Watch emotions and topics'),
      department: 'social-media',
      due: { afterDeclarationMin: 60 },
      after: [],
      // 003-11; AN-02; GR-09.
      checklist: [
        zhEn('单独统计“愤怒”“失望”类表达的占比', 'Share of anger and disappointment counted separately'),
        zhEn('负面超过 70%，技术一起进群答复', 'Negative over 70%: technical joins in answering'),
        zhEn('话题 24 小时增长超过 200%，报指挥', 'Topic up more than 200% in 24 hours: tell the commander'),
        zhEn('收集截图，核对是否有新的故障点', 'Screenshots collected and checked for new faults'),
      ],
    },
    {
      key: 'divert-load',
      phase: 'divert',
      title: zhEn('启用备用人力，分流来电', 'Call up reserve staff, divert the load'),
      department: 'call-center',
      // 003-02: more than 10,000 open tickets, complaints up 300% in 3 hours. 000-09: reserve pool.
      due: { afterDeclarationMin: 120 },
      after: [],
      checklist: [
        zhEn('按积压上万工单、3 小时增 300% 估算人手', 'Staff for over 10,000 open tickets and 300% more in 3 hours'),
        zhEn('调用备用人力池和外包席位', 'Reserve pool and vendor seats are called up'),
        zhEn('重复来电合并，紧急订单单独排队', 'Repeat calls merged, urgent orders in their own queue'),
        zhEn('坐席同步收到针对激动客户的安抚话术', 'Agents get the soothing script for upset customers'),
      ],
    },
    {
      key: 'protect-orders',
      phase: 'divert',
      title: zhEn('保全订单和款项', 'Protect orders and money'),
      department: 'business',
      due: { afterDeclarationMin: 180 },
      after: ['confirm-outage'],
      checklist: [
        zhEn('列出已扣款未成单、重复扣款的订单', 'Orders paid but not made, and paid twice, are listed'),
        zhEn('自动退款规则开启，到账时间写明', 'Automatic refunds on, with time of arrival'),
        zhEn('优惠、积分、时限类权益顺延', 'Discounts, points and deadlines are extended'),
        zhEn('通知商家和物流暂不按超时处罚', 'Merchants and carriers are not fined for delay'),
      ],
    },
    {
      key: 'repair',
      phase: 'divert',
      title: zhEn('定位故障，恢复服务', 'Find the fault and restore service'),
      department: 'technical',
      due: { afterDeclarationMin: 240 },
      after: ['confirm-outage'],
      checklist: [
        zhEn('先恢复，后深究；每步可回退', 'Restore first, study later; each step can be undone'),
        zhEn('分批放量，观察错误率再扩大', 'Traffic let in by steps, error rate watched'),
        zhEn('恢复由业务确认，不由技术自报', 'Business, not technical, confirms the recovery'),
        zhEn('保留日志和现场，供查因', 'Logs and state are kept for the search of the cause'),
      ],
    },
    {
      key: 'public-reply',
      phase: 'divert',
      title: zhEn('公开答复进展和补偿原则', 'Answer in public on progress and compensation'),
      department: 'social-media',
      due: { beforeClock: 'public-response', minutes: 0 },
      after: ['outage-notice'],
      checklist: [
        zhEn('说明恢复到哪一步、还有什么不能用', 'What works again, what does not'),
        zhEn('说明款项和权益不受损失', 'Money and benefits are not lost'),
        zhEn('高影响账号逐一回复，不群发', 'Influential accounts answered one by one'),
      ],
    },
    {
      key: 'draft-statement',
      phase: 'restore',
      title: zhEn('起草故障说明', 'Draft the statement on the failure'),
      department: 'pr',
      due: { beforeClock: 'first-statement', minutes: 60 },
      after: ['confirm-outage'],
      checklist: [
        zhEn('写清起止时间、影响范围和现状', 'Start, end, scope and present state'),
        zhEn('用客户听得懂的话讲原因，不堆术语', 'The cause in customers’ words, no jargon'),
        zhEn('写明歉意和客户不用做什么', 'An apology, and what customers need not do'),
        zhEn('原因未明就写未明', 'If the cause is unknown, it says so'),
      ],
    },
    {
      key: 'legal-review',
      phase: 'restore',
      title: zhEn('审核说明，核对监管报送', 'Review the statement, check duty to report'),
      department: 'legal',
      due: { beforeClock: 'first-statement', minutes: 20 },
      after: ['draft-statement'],
      // 003-04: an outage of 30 minutes can bring regulator risk.
      checklist: [
        zhEn('中断超过 30 分钟，核对行业监管的报送要求', 'Down for over 30 minutes: reporting rules of the regulator checked'),
        zhEn('核对服务协议里的赔付条款', 'Compensation terms of the service agreement checked'),
        zhEn('不把责任推给供应商', 'No blame put on suppliers'),
        zhEn('指挥签发，记下时间', 'The commander has released it, time noted'),
      ],
    },
    {
      key: 'publish-statement',
      phase: 'restore',
      title: zhEn('发布故障说明', 'Publish the statement'),
      department: 'pr',
      due: { beforeClock: 'first-statement', minutes: 10 },
      after: ['legal-review'],
      checklist: [
        zhEn('替换此前的故障公告，避免两个版本', 'It replaces the notice: one version only'),
        zhEn('推送到受影响的客户', 'Sent to the customers affected'),
        zhEn('链接和截图存入时间线', 'Link and screenshot are in the timeline'),
      ],
    },
    {
      key: 'agent-script',
      phase: 'restore',
      title: zhEn('更新坐席话术', 'Update the agents’ script'),
      department: 'call-center',
      due: { beforeClock: 'first-statement', minutes: 0 },
      after: ['publish-statement'],
      checklist: [
        zhEn('话术与说明一致，旧版撤下', 'The script agrees with the statement; the old one is gone'),
        zhEn('写明坐席可当场给的补偿上限', 'States what agents may give on the spot'),
        zhEn('在岗坐席逐人确认已读', 'Every agent on duty has confirmed reading'),
      ],
    },
    {
      key: 'clear-backlog',
      phase: 'restore',
      title: zhEn('验证恢复，清理积压工单', 'Verify recovery, clear the backlog'),
      department: 'call-center',
      due: { afterDeclarationMin: 1200 },
      after: ['repair'],
      checklist: [
        zhEn('逐渠道走通下单、支付、退款、客服', 'Order, payment, refund and support tried on each channel'),
        zhEn('积压工单先急单、再款项、再其他', 'Backlog: urgent, then money, then the rest'),
        zhEn('未接来电和未答会话全部回拨', 'All missed calls and chats are called back'),
      ],
    },
    {
      key: 'compensate',
      phase: 'restore',
      title: zhEn('分层发放补偿', 'Compensate by degree of harm'),
      department: 'business',
      due: { afterDeclarationMin: 1380 },
      after: ['protect-orders'],
      // 003-10: individual compensation.
      checklist: [
        zhEn('按受损程度分档，不一刀切发券', 'Graded by harm, not one coupon for all'),
        zhEn('主动到账，不要求客户申请', 'Paid without asking the customer to apply'),
        zhEn('法务核对规则，公示截止时间', 'Rules checked by legal, end date published'),
      ],
    },
    {
      key: 'handling-brief',
      phase: 'restore',
      title: zhEn('提交 24 小时处置小结', 'Report on the first 24 hours'),
      department: null,
      due: { beforeClock: 'handling', minutes: 0 },
      after: [],
      checklist: [
        zhEn('写明中断时长、受影响人数和金额', 'Length, people and money affected'),
        zhEn('写明积压、退款和补偿的余量', 'Backlog, refunds and compensation left'),
        zhEn('判断是否降级，写入时间线', 'Whether to lower the level, in the timeline'),
      ],
    },
    {
      key: 'find-cause',
      phase: 'prevent',
      title: zhEn('查明根因，补齐预警和压测', 'Find the cause, complete alarms and load test'),
      department: 'technical',
      // 003-05: detect failure 10 minutes before; 003-02: load of the test.
      due: { afterDeclarationMin: 4320 },
      after: ['repair'],
      checklist: [
        zhEn('根因写到可验证，复现一次', 'The cause is proved by reproducing it'),
        zhEn('告警前移，目标提前 10 分钟发现', 'Alarms moved forward, aim: 10 minutes before'),
        zhEn('按上万工单、3 小时增 300% 压测通过', 'Load test passed: over 10,000 tickets, 300% more in 3 hours'),
        zhEn('容灾切换演练一次，记下用时', 'Failover practiced once, time taken noted'),
      ],
    },
    {
      key: 'check-loss',
      phase: 'prevent',
      title: zhEn('核对客户流失', 'Check the loss of customers'),
      department: 'business',
      // 003-07: at most 5%.
      due: { afterDeclarationMin: 4320 },
      after: [],
      checklist: [
        zhEn('对比故障前后活跃、注销和退订', 'Activity, closed accounts and unsubscriptions compared'),
        zhEn('流失率控制在 5% 以内，超出即定挽留措施', 'Loss at most 5%; beyond, a plan to win back'),
        zhEn('高价值客户名单交回访', 'List of valuable customers goes to call-back'),
      ],
    },
    {
      key: 'call-back',
      phase: 'close',
      title: zhEn('解决后 3 至 7 天回访客户', 'Call back 3 to 7 days after solving'),
      department: 'call-center',
      // CB-04 counts from the solution.
      due: null,
      after: ['clear-backlog'],
      checklist: [
        zhEn('确认款项和补偿已到账', 'Money and compensation have arrived'),
        zhEn('损失大的客户由负责人致电', 'Those who lost most are called by a manager'),
        zhEn('问清恢复后还有没有问题', 'Asked whether anything still fails'),
      ],
    },
    {
      key: 'open-retrospective',
      phase: 'close',
      title: zhEn('开启复盘', 'Open the retrospective'),
      department: null,
      due: { afterDeclarationMin: 10080 },
      after: ['find-cause', 'clear-backlog', 'handling-brief'],
      // 003-08, CL-02, CL-03.
      checklist: [
        zhEn('按监测、预警、处理、复盘四段对时间', 'Times checked: watching, warning, handling, review'),
        zhEn('核对 30 分钟关口，慢在哪一步', 'The 30-minute limit: which step was slow'),
        zhEn('统计投诉量、情绪、流失和补偿成本', 'Complaints, sentiment, loss and cost counted'),
        zhEn('改进项定责任人和日期', 'Improvements have owners and dates'),
      ],
    },
  ],
  source: '002-01, 003-02, 003-04, 003-05, 003-07…003-11, 000-09, MO-07, CS-01, AN-02, GR-09, CB-04, CL-02, CL-03',
} satisfies PlanContent
