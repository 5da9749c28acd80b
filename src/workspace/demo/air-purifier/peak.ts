import { act, customer, decide, media, minutes, observe, regulator, state, task, turn, type StoryAct } from '../story.ts'

/** Hours 48 to 72 (C2-04): traditional media, the regulator, a national topic; press conference and recall (C2-09, C2-10). */
export const PEAK: readonly StoryAct[] = [
  media('48:15', '省台晚间新闻播出约谈画面，22 秒。', { tags: ['媒体'], star: true }),
  observe('48:40', '微博热搜第 2。全国性话题，阅读 6.3 亿。', { key: 'hot-2', star: true }),
  { at: minutes('48:41'), do: 'sign', sign: 'hot-search' },
  { at: minutes('48:42'), do: 'stage', stage: 'whole-web' },
  { at: minutes('48:45'), do: 'assess', opinionLeaders: 24, reason: '高峰：全国热搜、省台报道、监管约谈' },
  act('49:10', '调查结论先报省市场监管局，同时报送召回计划草案。', { tags: ['监管', '召回'] }),
  task('50:20', 'plan-recall', 'done', '比计划晚 6 小时，卡在换新库存'),
  decide(
    '50:40',
    '许闻（董事长）',
    '召回 48,600 台，三种方案由用户自选：上门维修、免费换新、延保五年。',
    '三种都给，用户不用和我们争哪种合适。',
    { key: 'recall', star: true, tags: ['召回'] },
  ),
  task('50:50', 'press-conference', 'doing'),
  observe('52:30', '序列号在线查询压测：每秒 900 次时超时。扩容中，发布会前须到 3000。', { key: 'load', tags: ['召回'] }),
  customer('54:10', '凌晨来电（哈尔滨）：“大冬天的，不让用净化器，孩子哮喘怎么办？”安排本地门店送备机。', { tags: ['安全'] }),
  decide('54:40', '周岚（指挥）', '有哮喘、慢阻肺和婴儿的家庭，先送备机再登记。', '停用建议不能变成新的伤害。', {
    star: true,
    tags: ['安全'],
  }),
  observe('57:30', '夜间坐席流失 4 人，心理支持专员到场；夜班改为六小时一轮。', { tags: ['来电'] }),
  media('60:20', '“晨间财经”追问：换新的机器用的是谁的电源板？', { tags: ['媒体'] }),
  observe('62:05', '一小时投诉 615 件，三天里最高。接通率跌到 71%。', { key: 'highest', star: true, tags: ['来电'] }),
  decide('62:15', '何川（指挥副手）', '高管和研发全部上线接听两小时，普通咨询改为一小时内回拨。', '排队最久的往往是最急的人。', {
    tags: ['来电'],
  }),
  act('63:10', '序列号查询扩容完成，压测每秒 3400 次通过。', { tags: ['召回'] }),
  regulator('64:00', '省市场监管局受理召回计划备案，要求每周报送进展。', { key: 'recall-filed', star: true, tags: ['监管', '召回'] }),
  act('65:30', '发布会问答备好 42 题；不知道的三题写明“不知道，几号前答复”。', { tags: ['媒体'] }),
  act('67:20', '发布会前 40 分钟，第 38 版话术到全部坐席，抽查 50 人都是新版。', { tags: ['话术'] }),
  state('68:00', '新闻发布会：林一舟讲清原因、范围和风险；许闻鞠躬致歉，宣布召回 48,600 台，三种方案，序列号查询即时开放。', {
    key: 'press',
    star: true,
    tags: ['声明', '召回'],
  }),
  { at: minutes('68:01'), do: 'link', key: 'press', to: 'finding', relation: 'relates' },
  {
    at: minutes('68:05'),
    do: 'known',
    text: '已宣布召回 48,600 台：上门维修、免费换新、延保五年，用户自选；序列号查询开放。原因和范围已公开。受伤 1 人，无新增。省局要求每周报进展。',
  },
  media('68:50', '发布会直播观看 210 万。记者追问质检周报，许闻答：“看到了，没当回事，是我的责任。”', { tags: ['媒体'], star: true }),
  task('69:10', 'press-conference', 'done', '调查结束后 21 小时'),
  task('69:20', 'run-recall', 'doing'),
  customer('69:40', '直播弹幕高频：“总算说人话了”“序列号查到了，是我家这批”“延保五年可以”。'),
  customer('70:05', '门店反馈：一位老人抱着机器来换，走了两站路。已要求所有门店改为上门取机。', { tags: ['召回'] }),
  observe('70:30', '开放两小时：查询 18.7 万次，登记召回 6,120 台；换新占 61%，维修 27%，延保 12%。', { tags: ['召回'] }),
  turn('72:05', 'cooling', '降温：每小时投诉从 615 降到 180，负面占比一天半来首次低于 80%，提问多于指责。', { key: 'cooling' }),
]
