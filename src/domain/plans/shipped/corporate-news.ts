import type { PlanContent } from '../plan.ts'
import { zhEn } from './zh-en.ts'

/**
 * Fraud, an executive's words, a labor dispute (TY-03): long, led by PR, explained by the call center. Times without an ID
 * beside them are our own.
 */
export const corporateNews = {
  title: zhEn('企业负面新闻应对预案', 'Negative company news'),
  purpose: zhEn(
    '企业造假、高管言论或劳资纠纷被报道时，先查实再表态，对外一个声音，坐席和员工听到的与公众听到的一样。',
    'When fraud, an executive’s words or a labor dispute is reported: verify before taking a position, speak with one voice, and let agents and staff hear what the public hears.',
  ),
  types: ['corporate-news'],
  phases: [
    { key: 'verify', title: zhEn('核实与统一出口', 'Verify, one voice'), fromHour: 0, toHour: 2 },
    { key: 'speak', title: zhEn('定立场、首次发声', 'Take a position and speak'), fromHour: 2, toHour: 6 },
    { key: 'explain', title: zhEn('解释与沟通', 'Explain'), fromHour: 6, toHour: 24 },
    { key: 'sustain', title: zhEn('持续应对', 'Keep answering'), fromHour: 24, toHour: 168 },
    { key: 'close', title: zhEn('复盘', 'Look back'), fromHour: 168, toHour: null },
  ],
  tasks: [
    {
      key: 'convene',
      phase: 'verify',
      title: zhEn('召集危机小组，决策层入场', 'Convene the crisis team with the decision layer'),
      department: null,
      due: { afterDeclarationMin: 15 },
      after: [],
      // OR-06.
      checklist: [
        zhEn('决策层指定一人全程拍板', 'One executive decides throughout'),
        zhEn('被报道的当事人回避决策', 'Whoever is reported on takes no part in decisions'),
        zhEn('人力、财务、投资者关系一并到位', 'HR, finance and investor relations are in'),
        zhEn('定下碰头时间和信息汇总人', 'Meeting times and a keeper of information are set'),
      ],
    },
    {
      key: 'one-voice',
      phase: 'verify',
      title: zhEn('指定唯一发言人', 'Name the only spokesperson'),
      department: 'pr',
      due: { afterDeclarationMin: 30 },
      after: [],
      checklist: [
        zhEn('发言人和替补各一名，通知各部门', 'One spokesperson and one backup, all departments told'),
        zhEn('高管不私下接受采访、不发朋友圈', 'Executives give no private interviews and post nothing'),
        zhEn('前台、保安、门店知道媒体来了找谁', 'Reception, guards and shops know whom to call for media'),
      ],
    },
    {
      key: 'staff-silence',
      phase: 'verify',
      title: zhEn('要求全员社交媒体静默', 'Keep all staff silent on social media'),
      department: 'social-media',
      due: { afterDeclarationMin: 60 },
      after: [],
      // C1-06.
      checklist: [
        zhEn('通知员工和外包：不评论、不转发、不辩解', 'Staff and vendors told: no comment, forward or defense'),
        zhEn('官方账号暂停营销内容和定时发布', 'Official accounts pause marketing and scheduled posts'),
        zhEn('说明不封口：员工可向公司反映情况', 'This is no gag: staff may report facts to the company'),
      ],
    },
    {
      key: 'watch',
      phase: 'verify',
      title: zhEn('梳理媒体和议题地图', 'Map media and topics'),
      department: 'social-media',
      due: { afterDeclarationMin: 60 },
      after: [],
      // EN-05, EV-06, AN-03, GR-09, GR-12.
      checklist: [
        zhEn('找到首发媒体、信源和引用的材料', 'First medium, its source and documents found'),
        zhEn('主流媒体超过 3 家，按高风险处置', 'More than 3 mainstream media: high risk'),
        zhEn('话题 24 小时增长超过 200%，报指挥', 'Topic up more than 200% in 24 hours: tell the commander'),
        zhEn('盯议题扩展：企业旧事、供应链、全行业', 'Widening watched: our past, suppliers, the industry'),
        zhEn('监管和官方媒体发声立即上报', 'Words of regulators or state media reported at once'),
      ],
    },
    {
      key: 'holding-script',
      phase: 'verify',
      title: zhEn('下发坐席临时口径', 'Give agents the holding script'),
      department: 'call-center',
      due: { beforeClock: 'response', minutes: 0 },
      after: [],
      // TY-03: wording unified with PR.
      checklist: [
        zhEn('统一答复：已关注，以公司公告为准', 'One answer: we know, see the company’s statement'),
        zhEn('不评论高管、不谈传闻、不表个人看法', 'No comment on executives, rumors or own views'),
        zhEn('产品和售后照常答，不受影响', 'Product and after-sales questions are answered as ever'),
        zhEn('媒体来电登记后转发言人', 'Media calls are noted and passed to the spokesperson'),
      ],
    },
    {
      key: 'find-facts',
      phase: 'verify',
      title: zhEn('逐条初核报道', 'Check the report point by point'),
      department: 'business',
      due: { afterDeclarationMin: 120 },
      after: [],
      checklist: [
        zhEn('逐条标注：属实、部分属实、不实、待查', 'Each point: true, partly true, false, open'),
        zhEn('每条附原始文件，不只听当事人说', 'Documents for each, not only what those involved say'),
        zhEn('封存邮件、合同、聊天记录，禁止删改', 'Mails, contracts and chats sealed against change'),
        zhEn('找出还没曝光、可能被翻出的同类事', 'Similar cases that may come up are found'),
      ],
    },
    {
      key: 'legal-exposure',
      phase: 'speak',
      title: zhEn('评估法律和披露风险', 'Assess legal and disclosure risk'),
      department: 'legal',
      due: { afterDeclarationMin: 180 },
      after: [],
      checklist: [
        zhEn('判断是否触发信息披露、停牌要求', 'Whether disclosure or a trading halt is required'),
        zhEn('评估行政调查、诉讼和劳动仲裁', 'Investigation, lawsuits and labor arbitration assessed'),
        zhEn('评估当事人的去留和法律后果', 'Position of those involved and its legal effects assessed'),
        zhEn('写明哪些话现在不能说', 'What must not be said now is written down'),
      ],
    },
    {
      key: 'media-desk',
      phase: 'speak',
      title: zhEn('设媒体接待，登记每个问询', 'Open a media desk, log each inquiry'),
      department: 'pr',
      due: { afterDeclarationMin: 180 },
      after: ['one-voice'],
      checklist: [
        zhEn('登记媒体、记者、问题和截稿时间', 'Medium, reporter, questions and deadline logged'),
        zhEn('每个问询都有回音，不说“无可奉告”', 'Each gets an answer, never “no comment”'),
        zhEn('联系首发媒体，请其附上我方回应', 'The first medium is asked to add our answer'),
      ],
    },
    {
      key: 'decide-position',
      phase: 'speak',
      title: zhEn('决策层定立场', 'Have the decision layer take the position'),
      department: null,
      due: { afterDeclarationMin: 225 },
      after: ['find-facts', 'legal-exposure'],
      checklist: [
        zhEn('四选一：承认并改、部分澄清、否认、先查后答', 'One of four: admit and mend, clarify in part, deny, answer after inquiry'),
        zhEn('否认须有能公开的证据', 'A denial needs evidence that may be published'),
        zhEn('定当事人停职、道歉或维持', 'Those involved: suspended, apologizing or kept'),
        zhEn('理由和拍板人写入时间线', 'Reasons and decider are in the timeline'),
      ],
    },
    {
      key: 'public-reply',
      phase: 'speak',
      title: zhEn('官方账号公开表态', 'State the position from the official account'),
      department: 'social-media',
      due: { beforeClock: 'public-response', minutes: 0 },
      after: ['decide-position'],
      checklist: [
        zhEn('一句立场，一句行动，一句时间', 'One sentence each: position, action, time'),
        zhEn('不攻击媒体和爆料人', 'No attack on media or source'),
        zhEn('评论区只答事实，不争论', 'In comments facts only, no argument'),
      ],
    },
    {
      key: 'draft-statement',
      phase: 'speak',
      title: zhEn('起草公司声明', 'Draft the company’s statement'),
      department: 'pr',
      due: { beforeClock: 'first-statement', minutes: 60 },
      after: ['decide-position'],
      checklist: [
        zhEn('直接回应报道的核心指控', 'Answers the central charge directly'),
        zhEn('写明调查由谁做、何时公布', 'Who investigates, when it is published'),
        zhEn('写明对消费者的影响和保障', 'What it means for consumers, and how they are protected'),
        zhEn('与此前高管言论、公告核对一致', 'Agrees with earlier words of executives and notices'),
      ],
    },
    {
      key: 'legal-review',
      phase: 'speak',
      title: zhEn('法务审核公司声明', 'Have legal review the statement'),
      department: 'legal',
      due: { beforeClock: 'first-statement', minutes: 20 },
      after: ['draft-statement'],
      checklist: [
        zhEn('符合披露规则，不选择性披露', 'Complies with disclosure rules, nothing selective'),
        zhEn('每条否认都有证据', 'Each denial has evidence'),
        zhEn('不威胁起诉媒体和员工', 'No threat to sue media or staff'),
        zhEn('决策层签发，记下时间', 'The decision layer has released it, time noted'),
      ],
    },
    {
      key: 'publish-statement',
      phase: 'speak',
      title: zhEn('发布公司声明', 'Publish the statement'),
      department: 'pr',
      due: { beforeClock: 'first-statement', minutes: 10 },
      after: ['legal-review'],
      checklist: [
        zhEn('官网、官方账号同时发布，送达已登记的媒体', 'Website and accounts at once, sent to all media logged'),
        zhEn('发布前 10 分钟告知员工和投资者关系', 'Staff and investor relations told 10 minutes before'),
        zhEn('链接和截图存入时间线', 'Link and screenshot are in the timeline'),
      ],
    },
    {
      key: 'agent-script',
      phase: 'speak',
      title: zhEn('下发坐席解释话术', 'Give agents the explaining script'),
      department: 'call-center',
      due: { beforeClock: 'first-statement', minutes: 0 },
      after: ['publish-statement'],
      // MS-03, MS-04.
      checklist: [
        zhEn('话术与声明一致，旧版撤下', 'The script agrees with the statement; the old one is gone'),
        zhEn('备好退款、退会、抵制类来电的答法', 'Answers for refunds, leaving and boycott'),
        zhEn('写明哪些问题转公关，不自行发挥', 'What goes to PR is stated; nothing is made up'),
        zhEn('在岗坐席逐人确认已读', 'Every agent on duty has confirmed reading'),
      ],
    },
    {
      key: 'brief-staff',
      phase: 'explain',
      title: zhEn('向员工通报事实和口径', 'Brief staff on facts and wording'),
      department: 'business',
      due: { afterDeclarationMin: 480 },
      after: ['publish-statement'],
      // HA-05: morale, attrition.
      checklist: [
        zhEn('内部信与对外声明同一事实', 'The internal letter states the same facts'),
        zhEn('主管当面答疑，收集担忧', 'Managers answer in person and collect worries'),
        zhEn('写明家人朋友问起时怎么说', 'What to say to family and friends'),
        zhEn('按会外传来写', 'Written as if it will leak'),
      ],
    },
    {
      key: 'brief-partners',
      phase: 'explain',
      title: zhEn('沟通经销商和重要客户', 'Talk to dealers and key customers'),
      department: 'business',
      due: { afterDeclarationMin: 720 },
      after: ['publish-statement'],
      // MS-07.
      checklist: [
        zhEn('列出主要合作方，指定专人逐家致电', 'The main partners are listed; each is called by a named person'),
        zhEn('统一问答材料，不给额外承诺', 'One set of answers, no extra promises'),
        zhEn('记录对方顾虑和暂停合作的信号', 'Worries and signs of leaving are noted'),
      ],
    },
    {
      key: 'call-feedback',
      phase: 'explain',
      title: zhEn('汇总来电疑问，更新口径', 'Collect callers’ questions, update the wording'),
      department: 'call-center',
      due: { afterDeclarationMin: 1320 },
      after: ['agent-script'],
      // MS-11, MS-13, MS-16; AN-04.
      checklist: [
        zhEn('按问题归类，列出答不上来的', 'Sorted; those without a good answer listed'),
        zhEn('相关来电增长 50% 以上，增开席位', 'Related inquiries up 50%: more seats'),
        zhEn('公关当日更新，写明责任人和时限', 'PR updates the same day, with owner and time limit'),
      ],
    },
    {
      key: 'handling-brief',
      phase: 'explain',
      title: zhEn('提交 24 小时处置小结', 'Report on the first 24 hours'),
      department: null,
      due: { beforeClock: 'handling', minutes: 0 },
      after: [],
      checklist: [
        zhEn('附媒体数、情绪、来电量和业务影响', 'Media, sentiment, calls and business impact'),
        zhEn('研判议题会往哪里扩', 'Where the topic may widen'),
        zhEn('列出还欠公众的回答和时间', 'Answers still owed to the public, with times'),
      ],
    },
    {
      key: 'apologise',
      phase: 'sustain',
      title: zhEn('如属实，由责任人正式道歉', 'If true, have those responsible apologize'),
      department: 'pr',
      due: { beforeClock: 'apology', minutes: 60 },
      after: ['decide-position'],
      // C1-03, C1-07.
      checklist: [
        zhEn('具名道歉，说清错在哪里', 'Signed, says what was wrong'),
        zhEn('同时公布处理决定和整改', 'Consequences and reform published with it'),
        zhEn('法务看过，受影响的人先收到', 'Legal has seen it; those affected have it first'),
        zhEn('查实不属实时，写明理由并放弃此项', 'If proved untrue: reason given, task dropped'),
      ],
    },
    {
      key: 'regulators',
      phase: 'sustain',
      title: zhEn('对接监管问询', 'Answer the regulators'),
      department: 'legal',
      due: { afterDeclarationMin: 2880 },
      after: ['find-facts'],
      checklist: [
        zhEn('主动说明情况，不等问询函', 'We explain before a letter comes'),
        zhEn('材料与对外声明口径一致', 'Papers agree with the statement'),
        zhEn('约谈、检查有人陪同并记录', 'Meetings and inspections are attended and recorded'),
      ],
    },
    {
      key: 'publish-progress',
      phase: 'sustain',
      title: zhEn('公布调查结果和整改进展', 'Publish findings and progress'),
      department: 'pr',
      due: { afterDeclarationMin: 7200 },
      after: ['publish-statement', 'find-facts'],
      checklist: [
        zhEn('按承诺的日期公布，推迟要先说明', 'On the promised date; a delay is announced first'),
        zhEn('整改有第三方或监管见证', 'The reform has an outside witness'),
        zhEn('主动送达首发媒体', 'Sent to the medium that reported first'),
      ],
    },
    {
      key: 'open-retrospective',
      phase: 'close',
      title: zhEn('开启复盘', 'Open the retrospective'),
      department: null,
      due: { afterDeclarationMin: 20160 },
      after: ['publish-progress', 'call-feedback', 'handling-brief'],
      // CL-02, CL-05, HA-03, EN-05.
      checklist: [
        zhEn('标出社交媒体到传统媒体的二次传播点', 'Where social media passed it to traditional media'),
        zhEn('对比品牌正负面、同业和业务数据', 'Brand sentiment, industry and business compared'),
        zhEn('安排三个月客户留存跟踪', 'Customer retention is followed for three months'),
        zhEn('治理改进项定责任人和日期', 'Improvements of governance have owners and dates'),
      ],
    },
  ],
  source: '001-TY-03, C1-03, C1-06, C1-07, CS-01…CS-05, MO-07, OR-06, MS-03…MS-16, EV-06, EN-05, AN-03, AN-04, GR-09, GR-12, CL-02',
} satisfies PlanContent
