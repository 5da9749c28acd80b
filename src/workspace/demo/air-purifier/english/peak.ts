/** Hours 48 to 72: the story's words in English, by the Chinese they stand for. */
export const PEAK_IN_ENGLISH: Readonly<Record<string, string>> = {
  '省台晚间新闻播出约谈画面，22 秒。': 'The provincial evening news shows the summons, 22 seconds.',
  '微博热搜第 2。全国性话题，阅读 6.3 亿。': "Number 2 on Weibo's trending list. A national topic, 630 million reads.",
  '高峰：全国热搜、省台报道、监管约谈': 'Peak: national trending list, provincial television, summoned by the regulator',
  '调查结论先报省市场监管局，同时报送召回计划草案。':
    'The finding goes to the provincial regulator first, with the draft of a recall plan.',
  '比计划晚 6 小时，卡在换新库存': '6 hours behind plan, held up by stock for replacements',
  '召回 48,600 台，三种方案由用户自选：上门维修、免费换新、延保五年。':
    'Recall of 48,600 units; users choose: repair at home, free replacement, or five years of warranty.',
  '许闻（董事长）': 'Xu Wen (chairman)',
  '三种都给，用户不用和我们争哪种合适。': 'All three on offer: then nobody has to argue with us which one is right.',
  '序列号在线查询压测：每秒 900 次时超时。扩容中，发布会前须到 3000。':
    'Load test of the serial number lookup: times out at 900 a second. Being enlarged; must bear 3,000 before the press conference.',
  '凌晨来电（哈尔滨）：“大冬天的，不让用净化器，孩子哮喘怎么办？”安排本地门店送备机。':
    'Call at night (Harbin): “It is deep winter, my child has asthma, and you say no purifier?” The local shop brings a loan unit.',
  '有哮喘、慢阻肺和婴儿的家庭，先送备机再登记。': 'Homes with asthma, COPD or a baby get a loan unit first and are registered afterwards.',
  '停用建议不能变成新的伤害。': 'The advice to unplug must not become a new harm.',
  '夜间坐席流失 4 人，心理支持专员到场；夜班改为六小时一轮。':
    '4 agents quit during the night; a counsellor is on site; night shifts are now six hours.',
  '“晨间财经”追问：换新的机器用的是谁的电源板？': '“Morning Finance” asks: whose power board is in the replacements?',
  '一小时投诉 615 件，三天里最高。接通率跌到 71%。': '615 complaints in one hour, the most in three days. Only 71% of calls are answered.',
  '高管和研发全部上线接听两小时，普通咨询改为一小时内回拨。':
    'Executives and developers all take calls for two hours; ordinary inquiries are called back within the hour.',
  '何川（指挥副手）': 'He Chuan (deputy commander)',
  '排队最久的往往是最急的人。': 'Those who wait longest are often those in most need.',
  '序列号查询扩容完成，压测每秒 3400 次通过。': 'Serial number lookup enlarged: passes at 3,400 a second.',
  '省市场监管局受理召回计划备案，要求每周报送进展。': 'The provincial regulator has filed the recall plan and wants a report every week.',
  '发布会问答备好 42 题；不知道的三题写明“不知道，几号前答复”。':
    '42 questions are prepared for the press conference; for the three we cannot answer it says “we do not know; answer by such a day”.',
  '发布会前 40 分钟，第 38 版话术到全部坐席，抽查 50 人都是新版。':
    '40 minutes to go: script version 38 has reached every agent; of 50 spot-checked all read the new one.',
  '新闻发布会：林一舟讲清原因、范围和风险；许闻鞠躬致歉，宣布召回 48,600 台，三种方案，序列号查询即时开放。':
    'Press conference: Lin Yizhou explains cause, extent and risk; Xu Wen bows, apologizes and announces the recall of 48,600 units with three options; the lookup opens at once.',
  '发布会直播观看 210 万。记者追问质检周报，许闻答：“看到了，没当回事，是我的责任。”':
    '2.1 million watched live. Asked about the quality report, Xu Wen answers: “I saw it. I did not take it seriously. That is my responsibility.”',
  '调查结束后 21 小时': '21 hours after the finding',
  '直播弹幕高频：“总算说人话了”“序列号查到了，是我家这批”“延保五年可以”。':
    'In the live comments: “at last they talk like people”, “found my serial number, mine is one”, “five years is fine”.',
  '门店反馈：一位老人抱着机器来换，走了两站路。已要求所有门店改为上门取机。':
    'From a shop: an old man carried his unit two bus stops to swap it. All shops now collect at home.',
  '开放两小时：查询 18.7 万次，登记召回 6,120 台；换新占 61%，维修 27%，延保 12%。':
    'Two hours open: 187,000 lookups, 6,120 units registered; 61% replacement, 27% repair, 12% warranty.',
  '降温：每小时投诉从 615 降到 180，负面占比一天半来首次低于 80%，提问多于指责。':
    'Cooling: complaints per hour fall from 615 to 180, negative share below 80% for the first time in a day and a half, more questions than blame.',
  '已宣布召回 48,600 台：上门维修、免费换新、延保五年，用户自选；序列号查询开放。原因和范围已公开。受伤 1 人，无新增。省局要求每周报进展。':
    'The recall of 48,600 units is announced: repair at home, free replacement or five years of warranty; the lookup is open. Cause and extent are public. 1 hurt, no new injury. The provincial regulator wants a report every week.',
}
