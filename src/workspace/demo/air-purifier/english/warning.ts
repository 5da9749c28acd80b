/** Hours 0 to 12: the story's words in English, by the Chinese they stand for. */
export const WARNING_IN_ENGLISH: Readonly<Record<string, string>> = {
  '抖音用户“小满妈妈”发布视频：清屿 Q3 空气净化器夜间冒烟，儿童房窗帘被熏黑，孩子手背轻微烫伤。型号 Q3，批次不明。用户称三天前报修，客服答“属正常气味”。':
    "Douyin user “Xiaoman's Mum” posts a video: a Qingyu Q3 air purifier smoked at night, the curtain of the child's room is black, the back of the child's hand slightly burnt. Model Q3, batch unknown. She says she reported it three days ago and was told “that is a normal smell”.",
  '视频原话：“报修三天没人来，今天半夜它自己着了。你们说这是正常气味？”':
    'In the video: “Three days I waited for a repair. Last night it caught fire by itself. And you call that a normal smell?”',
  源头: 'source',
  '首发视频文字记录.txt': 'First video, transcript.txt',
  '发布者：小满妈妈（抖音，粉丝 2,318）\n时长：1 分 12 秒\n画面：净化器底部冒烟，插头处发黑，窗帘熏黑，孩子手背发红。\n口述：报修三天没人来，今天半夜它自己着了。你们说这是正常气味？\n':
    "Posted by: Xiaoman's Mum (Douyin, 2,318 followers)\nLength: 1 min 12 s\nPicture: smoke from the base of the purifier, black plug, sooty curtain, red back of the child's hand.\nSaid: Three days I waited for a repair. Last night it caught fire by itself. And you call that a normal smell?\n",
  '视频发布 97 分钟，播放 6.2 万、点赞 3100、转发 870。垂直论坛“净化器吧”已有人搬运。':
    '97 minutes after the video: 62,000 views, 3,100 likes, 870 shares. It has been copied to the forum “Purifier Corner”.',
  '先兆：三天内 7 起 Q3“焦味、底座发烫”报修，被客服系统归为“气味类·常规”，没有触发提醒。':
    'Precursor: 7 repair calls about Q3 in three days, “burnt smell, hot base”, all filed by the service system as “smell, routine”. No alert was raised.',
  批次: 'batch',
  '危机小组六方到齐，电话会议常开。高管值班：副总裁沈放，可当场批准停售。':
    'All six parts of the crisis team are on a standing call. Executive on duty: vice president Shen Fang, who may stop sales on the spot.',
  指挥: 'command',
  六方到位: 'All six are there',
  '专员赵敏联系小满妈妈，无人接听。改发短信，只问孩子是否安全，不提产品。':
    "Zhao Min calls Xiaoman's mother; no answer. A text message instead: only whether the child is safe, no word about the product.",
  '查到报修单 8813076：三天前 21:40 报修“有焦味”，坐席答“新滤网正常气味”，两次回访都未拨通就结单。':
    'Found repair ticket 8813076: three days ago at 21:40 “burnt smell”; the agent answered “normal for a new filter”; closed after two calls that did not get through.',
  客服失误: 'our-mistake',
  '今晚停售 Q3 全部批次，直营和电商先下架，经销商明早通知。':
    'Sales of all Q3 batches stop tonight: own shops and online first, dealers are told tomorrow morning.',
  '沈放（副总裁）': 'Shen Fang (vice president)',
  '原因不明，安全第一。停一晚损失可以算清，再烧一台算不清。':
    'Cause unknown, safety first. What one night costs can be counted; one more fire cannot.',
  停售: 'sales-stop',
  '赵敏接通小满妈妈：孩子已就医，轻微烫伤，情绪激动但愿意沟通。留下专员直线，同意明天上午取样，产品由她本人保管。':
    "Zhao Min reaches Xiaoman's mother: the child has seen a doctor, a slight burn; she is upset but willing to talk. She has the direct number, agrees to sampling tomorrow morning, and keeps the unit herself.",
  '已接通，专员一对一': 'Reached; one person looks after her',
  '小满妈妈电话中：“我不要你们的钱，我要知道别人家的会不会也着。”':
    "Xiaoman's mother on the phone: “I do not want your money. I want to know whether other people's will catch fire.”",
  诉求: 'demands',
  '抖音播放 41 万。微博出现话题“清屿净化器着火”，阅读 180 万。评论区另有 3 人晒出发黑的插头。':
    '410,000 views on Douyin. On Weibo the topic “Qingyu purifier on fire” has 1.8 million reads. Three more people show black plugs in the comments.',
  '播放量走势（千次）.png': 'Views (thousands).png',
  每小时报一次: 'Reported every hour',
  '第一组整点数字：负面占比 71%，已过 70% 警戒线，系统建议一级。值班席答“等下一个整点再看”。':
    'First hourly figures: 71% negative, past the 70% alarm; level I is suggested. The desk on duty answers “let us wait for the next hour”.',
  超时: 'late',
  '电商旗舰店仍在售：定时直播间脚本没有撤。已打电话给运营值班。':
    'Still on sale in the online store: a scheduled live show was not canceled. Operations on duty has been called.',
  '旗舰店、直播间全部下架 Q3。比要求晚 9 分钟。': 'Online store and live shows have taken down Q3, 9 minutes later than asked.',
  '电商晚 9 分钟': 'Online 9 minutes late',
  '科技博主“拆机老周”（粉丝 310 万）转发并说：“电源板要是没做阻燃，这就不是个例。”':
    'Tech blogger “Teardown Zhou” (3.1 million followers) shares it: “If that power board has no flame retardant, this is no isolated case.”',
  '有人受伤，百万粉丝博主介入，负面占比过警戒线':
    'Someone is hurt, a blogger with millions of followers is in, negative share past the alarm',
  '有人身伤害，意见领袖介入，疑似批次问题': 'Personal injury, opinion leader involved, probably a batch problem',
  '有孩子受伤，不该等下一个整点。升级晚了 21 分钟。':
    'A child was hurt; there was no reason to wait for the next hour. Level I came 21 minutes late.',
  '升为一级。公关、法务、技术、客服全部夜间在岗，每小时整点碰头。':
    'Raised to level I. PR, legal, technical and call center stay through the night and meet on every hour.',
  '周岚（指挥）': 'Zhou Lan (commander)',
  '伤及儿童且疑似批次问题，不能按投诉处理。': 'A child is hurt and a batch is suspected. This is not to be handled as a complaint.',
  '晚了 30 分钟，法务改了两稿': '30 minutes late, legal changed it twice',
  '临时话术下发：先问人是否安全，再登记型号和序列号；不说“个例”“使用不当”。':
    'Interim script is out: first ask whether people are safe, then note model and serial number; never say “isolated case” or “improper use”.',
  话术: 'script',
  '来电（广州）：“家里两台 Q3，今晚是不是该拔了？你给我一句准话。”坐席按临时话术请其断电停用。':
    'Call (Guangzhou): “I have two Q3. Do I pull the plug tonight or not? Just tell me.” The agent, by the interim script, asks to unplug both.',
  安全: 'safety',
  '专线呼入 212 通，排队最长 6 分钟。八成问同一句：还能不能用。':
    '212 calls on the hotline, longest wait 6 minutes. Eight in ten ask the same: may I go on using it?',
  来电: 'calls',
  '微博私信：“我家这台用了半年，半夜总有‘啪’的一声，是不是也快了？”附 9 秒录音，转技术。':
    'Private message on Weibo: “Mine is half a year old and goes ‘pop’ at night. Am I next?” With 9 seconds of sound; handed to technical.',
  '技术初看：同款电源板有两家供应商，起火机器序列号前缀 Q3-2511，属乙供应商。仅为线索，不对外。':
    "First technical look: two suppliers make this power board; the burnt unit's serial number begins with Q3-2511, supplier B. A lead only, not for outside.",
  '安全使用建议今晚就发，不等原因查清。': 'The advice on safe use goes out tonight, without waiting for the cause.',
  '用户此刻要知道的是该不该拔插头，不是谁的责任。': 'What people need to know now is whether to pull the plug, not whose fault it is.',
  '公关陈默提交官方账号回应第一稿：“高度重视，个别用户反映……”':
    'Chen Mo of PR hands in the first draft of the reply: “We attach great importance … individual users report …”',
  '法务罗衡不同意写“道歉”，担心被认作承认责任；公关不同意写“个别”。双方各改一稿，卡住。':
    'Luo Heng of legal objects to “apologize”, lest it be read as admitting liability; PR objects to “individual”. Each rewrites once; stuck.',
  公关与法务: 'PR-and-legal',
  '小红书笔记：“清屿客服问我插座是不是三无的。气笑了。”（临时话术下发前的来电）':
    "Post on Xiaohongshu: “Qingyu's support asked me whether my socket was a cheap one. I had to laugh.” (a call from before the interim script)",
  '负面占比 78%，还在涨。主要情绪由担心转为愤怒，矛头对准“正常气味”那句答复。':
    '78% negative and rising. Worry has turned into anger, aimed at the answer “a normal smell”.',
  '情绪转变：评论从“会不会着火”变成“为什么不回应”。': 'Emotion shift: comments move from “will it catch fire” to “why do they not answer”.',
  '罗衡：可以写“为给您带来的惊吓致歉”，不涉及责任认定。陈默：同意，删“个别”。':
    'Luo Heng: we may write “we are sorry for the fright”, which says nothing of liability. Chen Mo: agreed, and “individual” goes.',
  '4 小时公开回应到时，稿子还在审。超时。': 'The 4 hours for a public reply are over; the text is still being reviewed. Missed.',
  '不再逐字会签：指挥定稿，法务只看事实和责任两处。':
    'No more signing off word by word: the commander has the last word, legal looks at facts and liability only.',
  '每晚一分钟都是我们自己在加热这件事。': 'Every minute of delay is us heating this up ourselves.',
  '官方微博、抖音评论区回应：“我们看到了视频，孩子的安全最重要。已联系家人，正在调查。Q3 用户请先断电停用。02:30 前公布首次声明。”':
    "Reply on the official Weibo account and under the video on Douyin: “We have seen the video; the child's safety comes first. We are in touch with the family and are investigating. Please unplug your Q3. First statement before 02:30.”",
  公开回应: 'public-reply',
  '超时 25 分钟': '25 minutes late',
  '超时 25 分钟。第一稿 2 小时 40 分才送到法务，又没有事先约定谁定稿。复盘时要写进预案。':
    '25 minutes late. Legal saw the first draft only after 2 hours 40, and nobody had agreed who has the last word. This goes into the plan at the retrospective.',
  技术负责人林一舟签字: 'Signed by Lin Yizhou, head of technical',
  '回应下的高赞评论：“四个半小时，就等来一句断电。但至少没说个例。”':
    'Top comment under the reply: “Four and a half hours for ‘pull the plug’. At least they did not call it an isolated case.”',
  '回应发出 25 分钟，转发 1.1 万。出现第一批中性评论，有用户帮着转发断电提醒。':
    '25 minutes after the reply: 11,000 shares. First neutral comments; users help to pass on the advice to unplug.',
  '夜间 36 席': '36 seats at night',
  '24 小时专线开通，安全类来电优先接入。试拨三次都通。': 'The 24-hour hotline is open, safety calls first. Three test calls got through.',
  '“拆机老周”直播拆同款，在线 14 万。指着电源板说：“这里该有阻燃胶，我这台有，着的那台不知道。”':
    '“Teardown Zhou” opens the same model live before 140,000 viewers and points at the board: “Here should be flame-retardant glue. Mine has it. The burnt one, nobody knows.”',
  只改两处: 'Two places only',
  '首次声明发布：已知悉、在调查、请断电停用 Q3，附序列号查看方法和专线。落款沈放。':
    'First statement published: we know, we are investigating, please unplug Q3; how to read the serial number, the hotline. Signed Shen Fang.',
  声明: 'statement',
  '首次声明（定稿）.txt': 'First statement (final).txt',
  '关于 Q3 空气净化器的说明\n\n一、请所有 Q3 用户先断电停用，序列号在机身底部铭牌。\n二、我们昨晚获悉一台 Q3 夜间冒烟，一名儿童手背轻微烫伤。我们已与家人取得联系，为孩子受到的伤害和惊吓致歉。\n三、我们已停售 Q3，封存样品，正在调查。今晚八点前公布进展。\n四、24 小时专线已开通，安全类来电优先接听。\n\n沈放\n':
    "About the air purifier Q3\n\n1. All owners of a Q3: please unplug it. The serial number is on the plate underneath.\n2. Last night we learned that a Q3 had smoked and that a child's hand was slightly burnt. We are in touch with the family. We are sorry for the hurt and the fright.\n3. We have stopped selling Q3, sealed samples, and are investigating. We report on progress before eight tonight.\n4. The hotline is open day and night; calls about safety come first.\n\nShen Fang\n",
  '小满妈妈看到声明后来电：“至少没赖我。”要求取样时她在场，同意。':
    "Xiaoman's mother calls after the statement: “At least they do not blame me.” She wants to be there at the sampling. Agreed.",
  '声明口径同步到全部坐席、外包中心和 412 家门店。':
    'The wording of the statement has reached all agents, the outsourced center and 412 shops.',
  '声明阅读 380 万，点赞最高的评论是一张拔下插头的照片。后台收到 217 张焦黑插头照片，逐张编号。':
    '3.8 million have read the statement; the top comment is a photo of a pulled plug. 217 photos of scorched plugs have come in; each gets a number.',
  '凌晨来电（武汉）：“我不是来吵架的，就想知道明天能不能换台别的。”登记，白天回电。':
    'Call at night (Wuhan): “I am not here to quarrel. I just want to know whether I can swap it tomorrow.” Noted, call back by day.',
  '夜间热度回落，微博话题阅读 4600 万，排名 18。专线接通率 94%。':
    'It cools down at night: 46 million reads on Weibo, rank 18. 94% of calls are answered.',
  '“都市早读”公众号转载视频和声明，标题“深夜冒烟的净化器”。中性。':
    '“City Morning Read” reposts video and statement under the headline “The purifier that smoked at midnight”. Neutral.',
  '某幼儿园来电：园里 12 台 Q3，要求今天上门。列为一级安全来电。':
    'A nursery calls: 12 Q3 in the house, wants someone today. First-rank safety call.',
  '工程师出发去幼儿园，带 12 台备机先换后查。': 'Engineers leave for the nursery with 12 loan units: swap first, examine later.',
  '白班接手。已发声明，Q3 全线停售。未结：上午十点取样、幼儿园 12 台、乙供应商电源板线索不外传。20:00 前须公布进展。':
    'Day shift takes over. Statement is out, Q3 off sale everywhere. Open: sampling at ten, 12 units at the nursery, the lead about supplier B stays inside. Progress is due before 20:00.',
  '交接完成：周岚下线休息，何川指挥。未结事项五条逐条念过。':
    'Handed over: Zhou Lan goes to rest, He Chuan commands. All five open points were read out.',
  '区市场监管所来电了解情况，要求下午三点前书面报告。':
    'The district market regulator calls for information and wants a written report by three in the afternoon.',
  监管: 'regulator',
  '孩子手背轻微烫伤，已就医，家人愿意沟通。Q3 全线停售，已请用户断电停用，首次声明已发，今晚八点前公布进展。原因不明；乙供应商电源板只是线索，不对外。':
    "The back of a child's hand is slightly burnt, a doctor has seen it, the family is willing to talk. Q3 is off sale everywhere, users are asked to unplug, the first statement is out, progress is due before eight tonight. Cause unknown; supplier B's board is a lead only, not for outside.",
}
