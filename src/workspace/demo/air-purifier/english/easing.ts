/** From hour 72 on: the story's words in English, by the Chinese they stand for. */
export const EASING_IN_ENGLISH: Readonly<Record<string, string>> = {
  '三天累计投诉和咨询两万余件，逐件有单号；未回电 1,140 件，按伤情和老人优先。':
    'Over twenty thousand complaints and inquiries in three days, each with a ticket; 1,140 not yet called back, the hurt and the old first.',
  '主动外呼开始：按销售记录 48,600 台，伤情最前、母婴家庭其次。':
    'Outbound calls begin: 48,600 units by sales record, those hurt first, families with babies second.',
  '宣布局面受控，仍保持一级值守到“3·15”之后。': 'The situation is declared contained; first-rank duty stays until after 15 March.',
  '新增连续 12 小时下降，但“3·15”可能再起。': 'New cases have fallen for 12 hours, but 15 March may stir it up again.',
  '新增连续 12 小时下降，召回已启动': 'New cases have fallen for 12 hours, the recall has begun',
  '“3·15”晚会未点名。一句旁白提到“有企业主动召回”。':
    'The gala of 15 March does not name us. One aside: “a company has recalled of its own accord”.',
  '“3·15”当晚搜索一度回升，随后落到平日 1.6 倍': 'Searches rose on the evening of 15 March and then fell to 1.6 times the usual',
  '“3·15”过后热度回到平日 1.6 倍，无新增伤情': 'After 15 March the heat is back to 1.6 times the usual, no new injury',
  '首轮外呼完成，联系不上 3,260 户转每日清理；比计划晚 40 小时':
    'First round of calls done, 3,260 out of reach go to a daily list; 40 hours behind plan',
  '小满妈妈更新视频：换了新机，专员还在跟。“他们改了。我会继续盯着。”播放 88 万。':
    "Xiaoman's mother posts again: new unit, the contact person still calls. “They have changed. I will keep watching.” 880,000 views.",
  '每日清理：3,260 户联系不上的用户中找到 1,408 户，多数是搬家换号。':
    'Daily list: 1,408 of the 3,260 found, most had moved or changed their number.',
  '12 台幼儿园机器全部更换，园方书面确认。': 'All 12 units at the nursery replaced, confirmed in writing.',
  '数字已是三级，但召回刚满四天，最需要的几户还没换完。等第一周报告再降':
    'The figures say level III, but the recall is four days old and those most in need still wait. Lower it after the first weekly report',
  '召回第一周报告：登记 31,480 台，完成 22,905 台，完成率 72.8%；落后原因是西北配件，已调两批。':
    'Recall, week one: 31,480 registered, 22,905 done, 72.8%; behind for lack of parts in the north-west, two loads on their way.',
  '提前 4 小时，此后每周同日发布': '4 hours early; from now on the same day each week',
  '第一周召回完成 72.8%，无新增伤情，转常规处理': 'First week of the recall 72.8% done, no new injury, back to routine',
  '省市场监管局抽查召回 40 户，38 户属实，2 户登记有误，已改。':
    'The provincial regulator checks 40 homes: 38 as reported, 2 recorded wrongly and mended.',
  '“南城晚报”跟进：《召回第二周，我们回访了十户》。八户满意，两户嫌等得久。':
    '“Southtown Evening News” follows up: “Week two of the recall: we visited ten homes.” Eight content, two waited too long.',
  '负面占比 24%，回到事发前水平。搜索量为平日 1.2 倍。': '24% negative, as before the incident. Searches at 1.2 times the usual.',
  '召回第二周报告：登记 43,910 台，完成 40,388 台，完成率 92.0%。': 'Recall, week two: 43,910 registered, 40,388 done, 92.0%.',
  '客服系统改完：“焦味、发烫、冒烟”一律按安全类处理，五起相似自动报专家组。':
    'Service system changed: “burnt smell, heat, smoke” now always count as safety; five alike go to the experts by themselves.',
  '回访 1,860 户，仍不放心 74 户再次检测': '1,860 homes called back; 74 still uneasy, examined again',
  '乙供应商终止合作，端子全检保留两年。': 'The contract with supplier B ends; every contact is tested for two years.',
  '抽检放过的那两例，代价是这三周。': 'We let two pass at the spot check. These three weeks are the price.',
  '三周对照：声明 6 小时内做到，道歉 48 小时内做到；公开回应超时 25 分钟，话术错版 37 通，台数更正一次，升一级比数字晚 21 分钟。':
    'Three weeks compared: statement within 6 hours, apology within 48; public reply 25 minutes late, wrong script in 37 calls, one number corrected, level I 21 minutes after the figures said so.',
  复盘: 'retrospective',
  '召回完成九成以上，连续两周无新增伤情，监管无新要求':
    'Recall over nine tenths done, two weeks without a new injury, no further demand of the regulator',
  '复盘定在 4 月 2 日，三个问题先摆上桌：谁定稿、旧话术怎么还在、为什么等整点。':
    'Retrospective on 2 April; three questions first: who has the last word, why the old script was still there, why we waited for the hour.',
  '人还记得清楚的时候问，不追究个人。': 'Ask while people remember, and blame nobody.',
  '转入复盘；未找到的 1,852 户由召回组每日清理': "On to the retrospective; the 1,852 not yet found stay on the recall team's daily list",
  '召回登记 43,910 台，完成 40,388 台（92.0%），1,852 户还没找到。受伤 1 人，无新增。客服归类、话术入口、供应商三处在改。':
    'Recall: 43,910 registered, 40,388 done (92.0%), 1,852 homes not yet found. 1 hurt, no new injury. Being mended: how calls are filed, one entrance for scripts, the supplier.',
}
