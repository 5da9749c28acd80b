import type { PlanTask } from '../../plan.ts'
import { zhEn } from '../zh-en.ts'

/** The first twelve hours after the video (C2-02): stop the harm, confirm awareness, be reachable. */
export const WARNING_TASKS = [
  {
    key: 'convene',
    phase: 'warning',
    title: zhEn('召集危机小组，明确授权', 'Convene the crisis team with its authority'),
    department: null,
    due: { afterDeclarationMin: 15 },
    after: [],
    checklist: [
      // OR-01, OR-02, OR-06, OR-10, OR-12.
      zhEn('呼叫中心、公关、法务、业务、技术、社媒六方到位', 'Call center, PR, legal, business, technical and social media are in'),
      zhEn('决策层指定一人，可当场批准停售和召回', 'One executive may approve a sales stop and a recall on the spot'),
      zhEn('每个岗位写明替补和 24 小时电话', 'Each post has a backup and a number that answers round the clock'),
      zhEn('定下碰头时间，结论写入时间线', 'Meeting times are set; decisions go to the timeline'),
    ],
  },
  {
    key: 'stop-harm',
    phase: 'warning',
    title: zhEn('停售涉事批次，封存样品', 'Stop selling the batch, seal samples'),
    department: 'business',
    due: { afterDeclarationMin: 60 },
    after: [],
    checklist: [
      zhEn('直营、经销和电商渠道同时下架', 'Own shops, dealers and online shops take it off sale together'),
      zhEn('在途和在库产品停止发货', 'Goods on the way and in stock are held'),
      zhEn('封存同批次样品和生产、检验记录', 'Samples of the batch, production and test records are sealed'),
      zhEn('暂停该产品的广告和直播', 'Its advertising and live shows are paused'),
    ],
  },
  {
    key: 'contact-victim',
    phase: 'warning',
    title: zhEn('联系受伤或受损的客户', 'Reach the people hurt or harmed'),
    department: 'call-center',
    due: { beforeClock: 'response', minutes: 10 },
    after: [],
    checklist: [
      zhEn('先问人是否安全、是否需要就医', 'First question: is everybody safe, is a doctor needed'),
      zhEn('指定一名专员全程对接，留直线电话', 'One agent stays with them, with a direct number'),
      zhEn('请客户保留产品，约定取样时间', 'Asked to keep the product; sampling agreed'),
      zhEn('不谈责任划分，不要求删除视频', 'No talk of blame, no request to delete the video'),
    ],
  },
  {
    key: 'watch',
    phase: 'warning',
    title: zhEn('盯住视频的扩散路径', 'Follow how the video spreads'),
    department: 'social-media',
    due: { afterDeclarationMin: 60 },
    after: [],
    checklist: [
      zhEn('找到首发账号，保存原视频', 'First account found, original video saved'),
      // C2-02, C2-03.
      zhEn('重点看垂直论坛，再看微博、抖音等主流平台', 'Specialist forums first, then the mainstream platforms'),
      zhEn('搜索量达到平日 10 倍，按爆发期处置', 'Searches at ten times the usual: treat as outbreak'),
      // GR-09/AN-01, AN-02, AN-03.
      zhEn(
        '话题 24 小时增长超 200%、负面超 70%、主流媒体超 3 家即报',
        'Report growth over 200% in 24 hours, negative over 70%, more than 3 mainstream media',
      ),
      zhEn('每小时报一次，夜间不断档', 'A report every hour, nights included'),
    ],
  },
  {
    key: 'holding-script',
    phase: 'warning',
    title: zhEn('下发临时话术', 'Give out the holding script'),
    department: 'pr',
    due: { afterDeclarationMin: 60 },
    after: [],
    // MS-08, 000-16.
    checklist: [
      zhEn('先问安全，再登记型号和序列号', 'Ask about safety first, then note model and serial number'),
      zhEn('统一答复：已关注，正在调查，几点前公布', 'One answer: we know, we investigate, news by a stated time'),
      zhEn('不说“个例”“使用不当”', 'Never “a single case”, never “wrong use”'),
      zhEn('外包坐席和门店同步收到，不得自行解释', 'Outsourced agents and shops have it too and add nothing'),
    ],
  },
  {
    key: 'safe-use',
    phase: 'warning',
    title: zhEn('出具临时安全使用建议', 'Issue interim safe-use advice'),
    department: 'technical',
    due: { afterDeclarationMin: 240 },
    after: [],
    // C2-06.
    checklist: [
      zhEn('列明涉及的型号、批次和识别方法', 'Models and batches named, and how to tell them'),
      zhEn('写清停用、断电、存放或送检的做法', 'Says how to stop using, unplug, store or hand in'),
      zhEn('写清发生险情时先做什么、打什么电话', 'Says what to do first in danger and whom to call'),
      zhEn('技术负责人签字', 'The technical head has signed'),
    ],
  },
  {
    key: 'public-reply',
    phase: 'warning',
    title: zhEn('官方账号先行回应', 'Reply from the official account'),
    department: 'social-media',
    due: { beforeClock: 'public-response', minutes: 0 },
    after: ['holding-script'],
    checklist: [
      zhEn('说明已看到视频、正在联系当事人', 'We saw the video and are contacting the people'),
      zhEn('告知声明的发布时间', 'Says when the statement comes'),
      zhEn('不关评论、不删帖、不控评', 'Comments stay open, nothing is deleted or steered'),
      zhEn('原帖、微博、抖音、公众号分别回应', 'Answered under the post and on each platform'),
    ],
  },
  {
    key: 'hotline',
    phase: 'warning',
    title: zhEn('开通 24 小时专线', 'Open the 24-hour hotline'),
    department: 'call-center',
    due: { afterDeclarationMin: 300 },
    after: ['holding-script'],
    // C2-07; C2-01: more than 20,000 enquiries in three days.
    checklist: [
      zhEn('专线号码试拨接通，夜间同样有人接', 'The number was called and answers, at night too'),
      zhEn('涉及人身安全的来电优先接入', 'Calls about safety of people go first'),
      zhEn('线路和坐席按三天 2 万件备足', 'Lines and agents suffice for 20,000 cases in three days'),
      zhEn('登记项含型号、序列号、伤情和诉求', 'Form asks for model, serial number, injury and demand'),
    ],
  },
  {
    key: 'draft-statement',
    phase: 'warning',
    title: zhEn('起草首次声明', 'Draft the first statement'),
    department: 'pr',
    due: { beforeClock: 'first-statement', minutes: 60 },
    after: ['safe-use'],
    // C2-06: aware, investigating, interim safe-use advice.
    checklist: [
      zhEn('已知悉：何时知道、涉及哪款产品', 'Aware: since when, which product'),
      zhEn('在调查：谁在查、何时公布进展', 'Investigating: who, and when there is news'),
      zhEn('临时安全使用建议放在最前面', 'The safe-use advice comes first'),
      zhEn('附 24 小时专线号码', 'With the number of the 24-hour hotline'),
      zhEn('不下结论，不猜原因', 'No conclusion, no guess at the cause'),
    ],
  },
  {
    key: 'legal-review',
    phase: 'warning',
    title: zhEn('审核声明，核对上报义务', 'Review the statement, check duty to report'),
    department: 'legal',
    due: { beforeClock: 'first-statement', minutes: 20 },
    after: ['draft-statement'],
    checklist: [
      zhEn('每条事实有证据，没有提前免责的措辞', 'Each fact is proved; nothing disclaims in advance'),
      zhEn('核对缺陷信息报告时限，按规定报市场监管部门', 'Time limit for reporting defects checked; market regulator told as required'),
      zhEn('核对产品责任险的报案要求', 'Notice due to the liability insurer checked'),
      zhEn('决策层签发，记下时间', 'The decision layer has released it, time noted'),
    ],
  },
  {
    key: 'publish-statement',
    phase: 'warning',
    title: zhEn('6 小时内发布首次声明', 'Publish the first statement within 6 hours'),
    department: 'pr',
    due: { beforeClock: 'first-statement', minutes: 10 },
    after: ['legal-review'],
    // C2-06.
    checklist: [
      zhEn('专线已试拨接通，未通就先公布现有客服电话', 'The hotline was tried; if it is not open yet, the usual number is given'),
      zhEn('官网、官方账号和电商页面同时发布', 'Website, official accounts and shop pages at once'),
      zhEn('同步发给主要媒体和经销商', 'Sent to main media and dealers too'),
      zhEn('链接、截图和时间存入时间线', 'Link, screenshot and time are in the timeline'),
    ],
  },
  {
    key: 'agent-script',
    phase: 'warning',
    title: zhEn('下发话术和 FAQ，每小时更新', 'Issue script and FAQ, update every hour'),
    department: 'call-center',
    due: { beforeClock: 'first-statement', minutes: 0 },
    after: ['publish-statement'],
    // C2-12: every hour; C2-13.
    checklist: [
      zhEn('话术与声明一致，旧版撤下', 'The script agrees with the statement; the old one is gone'),
      zhEn('指定每小时更新的责任人和审核人', 'Somebody writes and somebody approves each hourly update'),
      zhEn('更新处有标记，在岗坐席逐人确认', 'Changes are marked; every agent on duty confirms'),
      zhEn('收集答不上来的问题，下一小时补进 FAQ', 'Questions without an answer enter the next FAQ'),
    ],
  },
] satisfies PlanTask[]
