/** Hours 12 to 48: the story's words in English, by the Chinese they stand for. */
export const OUTBREAK_IN_ENGLISH: Readonly<Record<string, string>> = {
  '早高峰，抖音“净化器着火”进热榜第 6。搜索量为平日 4 倍。':
    "Morning rush: “Purifier on fire” is number 6 on Douyin's trending list. Searches at 4 times the usual.",
  '加速：一小时新增投诉 128 件，是夜间均值的 3 倍；母婴博主集体转发。':
    "Acceleration: 128 new complaints in one hour, three times the night's mean; parenting bloggers share it all at once.",
  '从门店、财务、行政抽 120 人支援接线，培训一小时上岗。':
    '120 people from shops, finance and administration help to take calls, after an hour of training.',
  '何川（指挥）': 'He Chuan (commander)',
  '按这个涨法，今天要接六千通，现有坐席只够一半。': 'At this rate six thousand calls will come today; the agents we have can take half.',
  '取样完成：小满妈妈、第三方检测机构三方在场签封，机器送检。':
    "Sampling done: sealed with Xiaoman's mother and the independent laboratory present; the unit is on its way.",
  调查: 'investigation',
  '取样记录.txt': 'Sampling record.txt',
  '样品：清屿 Q3，序列号 Q3-2511-084417\n在场：用户本人、检测机构工程师、公司技术部林一舟\n封签：三方签字，照片 14 张\n外观：电源板一角炭化，插头端子氧化发黑\n':
    'Sample: Qingyu Q3, serial number Q3-2511-084417\nPresent: the owner, an engineer of the laboratory, Lin Yizhou for the company\nSeal: signed by all three, 14 photos\nLooks: one corner of the power board charred, plug contacts oxidized and black\n',
  '晚 5 分钟，120 人到岗': '5 minutes late, 120 people in place',
  '三级响应开始：一线登记，二线技术，三线专家。情绪专员 6 人单独一组。':
    'Three lines of answer: first line notes, second line technical, third line experts. Six agents for upset callers form a group of their own.',
  '来电（成都）：“我妈七十了，不会查序列号，你们能不能告诉她一句，拔不拔？”加入话术：说不清型号的一律先拔。':
    'Call (Chengdu): “My mother is seventy and cannot look up a serial number. Just tell her: plug or no plug?” Added to the script: whoever cannot name the model, unplug.',
  '话术第 4 版下发。从现在起每小时更新一次话术和问答。': 'Script version 4 is out. From now on script and answers are renewed every hour.',
  '“南城晚报”记者致电，问三个问题：多少台、哪一批、谁的电源板。约 18:00 前书面回复。':
    '“Southtown Evening News” calls with three questions: how many units, which batch, whose power board. Written answer by about 18:00.',
  媒体: 'media',
  '书面报告送达区市场监管所。对方口头提醒：不得要求用户签保密协议。':
    'The written report is with the district regulator. A word of warning: do not ask users to sign a secrecy clause.',
  '全部和解文本删去保密条款。': 'Secrecy clauses are struck from all settlements.',
  '罗衡（法务）': 'Luo Heng (legal)',
  '监管已提醒；保密条款一旦曝光，比起火本身更伤。': 'The regulator has warned us; such a clause, once public, hurts more than the fire.',
  '知乎问题“如何看待清屿净化器着火”登上热榜，高赞回答列出七次报修时间，与内部记录一致。':
    '“What do you make of the Qingyu fire” trends on Zhihu; the top answer lists the times of seven repair calls, and they match our records.',
  '搜索量达平日 10 倍，按爆发期处置。': 'Searches reach 10 times the usual; handled as an outbreak.',
  'B 站评论：“客服小姑娘声音都哑了还在道歉，骂她没用，让你们老板出来。”':
    'Comment on Bilibili: “The girl on the phone has lost her voice and still says sorry. No use shouting at her; send your boss.”',
  '回复“南城晚报”三问：台数和批次今晚八点公布，供应商待检测结论。':
    'Three answers to “Southtown Evening News”: number and batch tonight at eight, supplier when the laboratory has spoken.',
  '坐席情绪预警：9 人连续接听激动来电超 2 小时，已轮换。': 'Agents at their limit: 9 have taken upset calls for over 2 hours; relieved.',
  '财务估算：维修每台 86 元，换新 430 元，延保 22 元；按 4 万台备三档预算。':
    'Finance estimates: repair 86 yuan a unit, replacement 430, longer warranty 22; three budgets for 40,000 units.',
  召回: 'recall',
  '先按召回准备：维修、换新、延保三种方案同时算账。':
    'Prepare for a recall: repair, replacement and longer warranty are costed side by side.',
  '结论出来再准备就晚三天；不召回时，这笔准备费认了。':
    'Preparing only after the finding costs three days; if there is no recall, we bear the cost.',
  '承担小满一家的医疗和损失，不等责任认定。': "We pay the family's medical bills and losses, whatever liability turns out to be.",
  '先把人照顾好，责任另说。': 'Look after people first; liability is another matter.',
  '进展通报一（提前一小时）：检测机构已取样，已受理 2200 余件，逐件回电；公布涉及序列号段 Q3-2511 起。':
    'Progress report one (an hour early): the laboratory has its sample, 2,200 cases taken in, each gets a call; serial numbers from Q3-2511 on are concerned.',
  '24 小时小结报决策层：受伤 1 人，冒烟 3 起，焦味 64 起；缺口是夜间二线技术。':
    'Summary of 24 hours to the decision layer: 1 hurt, 3 smoked, 64 with a burnt smell; what is missing is second-line technical at night.',
  '每小时来电.png': 'Calls by hour.png',
  '夜班交回周岚。进展通报一已发。未结：受影响台数要核准后才能对外；外包中心话术版本要抽查。':
    'Night shift back to Zhou Lan. Progress report one is out. Open: the number of units must be confirmed before it goes out; the script version at the outsourced center is to be spot-checked.',
  '例行评估：搜索十倍，博主十一位，维持一级': 'Routine assessment: searches at ten times, eleven bloggers; level I stays',
  '通报一发出后，评论中“序列号怎么看”占三成，好过骂声。页面访问 31 万。':
    'After the report three in ten comments ask “how do I read the serial number”; better than abuse. 310,000 visits to the page.',
  '录音投诉：“你们昨天说不用停，今天说要停，到底听谁的？”':
    'Recorded complaint: “Yesterday you said go on using it, today you say stop. Whom am I to believe?”',
  '查实：外包二组坐席念的是昨天的话术（第 1 版，无断电提醒），共 37 通，时长两个半小时。':
    "Confirmed: group two of the outsourced center read yesterday's script (version 1, without unplugging): 37 calls in two and a half hours.",
  '37 通逐一回拨纠正并道歉；旧版话术从系统里撤掉，只留一个入口。':
    'All 37 are called back, corrected and apologized to; the old script leaves the system, one entrance remains.',
  '怪坐席没用：两个版本并存，谁都会念错。': 'No use blaming agents: with two versions around, anyone reads the wrong one.',
  '夜间监测：三个账号反复发布“死了人”的消息，查无此事。已保留证据，不公开对骂，只重申已知伤情。':
    'Night watch: three accounts keep posting that “someone died”; there is no such case. Evidence kept, no quarrel in public, we only repeat the known injury.',
  谣言: 'rumor',
  '37 通回拨完成 35 通，2 通无人接，已发短信。': '35 of the 37 called back; 2 did not answer and got a text message.',
  '“晨间财经”：清屿净化器去年更换过电源板供应商。消息源称“降本”。':
    '“Morning Finance”: Qingyu changed its supplier of power boards last year. Sources speak of “cost cutting”.',
  '话题扩散：从“着火”扩到“降本换供应商”，再到“小家电阻燃标准”。':
    'Topic widening: from “fire” to “cheaper supplier”, and on to “fire standards for small appliances”.',
  '生产系统查得受影响批次 Q3-2511 共 41,200 台。': 'Production finds 41,200 units in the batch concerned, Q3-2511.',
  '仓储对账发现漏计 2512 前两周的混装，正在复核台数。未核准前，41,200 不得对外。':
    'Warehouse accounts show that the mixed first two weeks of 2512 were left out; being counted again. Until then 41,200 must not go out.',
  '生产系统查得受影响批次共 48,600 台：Q3-2511 全部 41,200 台，另有 Q3-2512 前两周混装 7,400 台。':
    'Production finds 48,600 units concerned: all 41,200 of Q3-2511, and 7,400 mixed into the first two weeks of Q3-2512.',
  '漏计 2512 混装；仓储与生产双方核对签字': 'Mixed units of 2512 were left out; warehouse and production have both signed',
  '幸好没有先发出去。以后台数一律双人核对再写。':
    'Lucky that it had not gone out. From now on two people check a number before it is written.',
  '“南城晚报”头版：《三天里的七次报修》。事实基本准确，点名“正常气味”答复。':
    'Front page of “Southtown Evening News”: “Seven repair calls in three days”. Largely accurate; names the answer “a normal smell”.',
  '老用户来信：“用了六年清屿，这次想听你们说一句人话。”转给沈放本人。':
    'Letter of an old customer: “Six years with Qingyu. This time I would like to hear you talk like human beings.” Passed to Shen Fang himself.',
  '经销商群传言“内部早知道”。截图属实，出自去年质检周报，提到端子氧化抽检不合格 2 例。':
    "Rumor in the dealers' group: “they knew it inside”. The screenshot is real, from last year's weekly quality report: oxidized contacts, 2 units failed the spot check.",
  '质检周报原件由法务封存，复印件编号；任何人不得修改或删除。':
    'Legal has sealed the original of the quality report; copies are numbered. Nobody may change or delete it.',
  '质检周报主动交监管和检测机构，不解释，不压。':
    'The quality report goes to regulator and laboratory by our own hand: no explaining, no hiding.',
  '它迟早会出来。自己交和被翻出来，是两家公司。': 'It will come out anyway. Handing it in and being found out are two different companies.',
  '省市场监管局约谈公司，要求 24 小时内提交缺陷调查分析。':
    'The provincial market regulator summons the company: a defect analysis within 24 hours.',
  '经销商来电：“退货堆了半个仓库，你们给个准话，我垫着钱呢。”答复本周内结算停售损失。':
    'A dealer calls: “Half my warehouse is returns. Give me a straight answer, it is my money.” Losses from the sales stop will be settled this week.',
  '约谈消息被媒体获知。离“3·15”还有三天，话题里开始有人点名晚会。':
    'The media have learned of the summons. Three days to the consumer-rights gala of 15 March; some name it in the topic.',
  '先告知小满妈妈：稍后公开道歉，征得她同意不提孩子姓名。':
    "Xiaoman's mother is told first: a public apology follows; she agrees that the child stays unnamed.",
  '正式道歉：董事长许闻具名。向孩子和家人、向被一句“正常气味”打发的七位用户道歉；医疗和损失全部承担。':
    'Formal apology, signed by chairman Xu Wen: to the child and the family, and to the seven users who were put off with “a normal smell”. All medical costs and losses are ours.',
  '道歉后一小时，负面占比 86%，没有继续上升。“道歉”与“召回”成为新的高频词。':
    'An hour after the apology: 86% negative, no longer rising. “Apology” and “recall” are the new frequent words.',
  '调查结束：乙供应商端子镀层不合格，遇潮氧化、接触发热；电源板阻燃等级达标但裕量不足。':
    "Investigation done: plating of supplier B's contacts is faulty, oxidizes in damp air and heats up; the board passes the fire rating, but with little margin.",
  '检测报告已签字；发布会 24 小时内': 'Laboratory report signed; press conference within 24 hours',
  '受伤 1 人，冒烟 3 起，焦味 64 起。样品在第三方检测机构。序列号段 Q3-2511 起受影响，台数还在核，未核准前不对外。已承诺承担小满一家的医疗和损失。':
    "1 hurt, 3 smoked, 64 with a burnt smell. The sample is with the independent laboratory. Serial numbers from Q3-2511 on are concerned; how many is still being counted and not for outside. We have promised to pay the family's medical bills and losses.",
  '受伤 1 人，冒烟 3 起。受影响 48,600 台，已双人核对，召回宣布前不对外。检测在做，召回三种方案在算。媒体已报道更换供应商。':
    '1 hurt, 3 smoked. 48,600 units are concerned, checked by two; not for outside until the recall is announced. The laboratory is at work, three recall options are being costed. The media have reported the change of supplier.',
  '原因查明：乙供应商端子镀层不合格，遇潮氧化发热。受影响 48,600 台，受伤 1 人。已正式道歉，医疗和损失全部承担。省局已约谈，结论先报省局再开发布会。':
    "Cause found: plating of supplier B's contacts is faulty, oxidizes in damp air and heats up. 48,600 units, 1 hurt. We have apologized and bear all medical costs and losses. The provincial regulator has summoned us; it gets the finding first, then the press.",
}
