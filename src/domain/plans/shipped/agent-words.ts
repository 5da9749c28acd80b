import type { PlanContent } from '../plan.ts'
import { zhEn } from './zh-en.ts'

/**
 * An agent's improper words, recorded and posted, modeled on case 1 (C1-01…C1-07): what worked there (C1-03, C1-04) is a
 * task, what failed (C1-05, C1-06) is a limit or a checklist. Times without an ID beside them are our own.
 */
export const agentWords = {
  title: zhEn('客服失言应对预案', 'An agent’s improper words'),
  purpose: zhEn(
    '坐席的不当言语被录音传播时，坐席就是公司：24 小时内把事情说清楚，48 小时内具体而诚恳地道歉，用看得见的整改收场。',
    'When an agent’s improper words spread as a recording, the agent is the company: explain within 24 hours, apologize sincerely and concretely within 48, and end with reform that can be seen.',
  ),
  types: ['service-complaint'],
  phases: [
    { key: 'verify', title: zhEn('核实与止损', 'Verify and stop the damage'), fromHour: 0, toHour: 4 },
    // C1-05: the golden period of 24 hours.
    { key: 'golden', title: zhEn('黄金处理期', 'Golden period'), fromHour: 4, toHour: 24 },
    // C1-03.
    { key: 'apology', title: zhEn('正式道歉', 'Formal apology'), fromHour: 24, toHour: 48 },
    { key: 'reform', title: zhEn('落实整改', 'Carry out the reform'), fromHour: 48, toHour: 720 },
    { key: 'close', title: zhEn('复盘', 'Look back'), fromHour: 720, toHour: null },
  ],
  tasks: [
    {
      key: 'convene',
      phase: 'verify',
      title: zhEn('召集危机小组，定对外出口', 'Convene the crisis team, name one voice'),
      department: null,
      due: { afterDeclarationMin: 15 },
      after: [],
      // C1-06: poor coordination was one of the failures.
      checklist: [
        zhEn('六个部门各指定一名对接人', 'Each of the six departments has named a person'),
        zhEn('指定唯一对外发言人', 'One person speaks to the outside'),
        zhEn('定下碰头时间和信息汇总人', 'Meeting times and a keeper of information are set'),
      ],
    },
    {
      key: 'secure-recording',
      phase: 'verify',
      title: zhEn('封存完整录音和工单', 'Secure the whole recording and tickets'),
      department: 'technical',
      due: { afterDeclarationMin: 45 },
      after: [],
      checklist: [
        zhEn('找到完整通话，不只是网传片段', 'The whole call is found, not only the clip'),
        zhEn('同一客户的历次通话一并封存', 'Earlier calls of the customer are secured too'),
        zhEn('原始文件只读，查阅留痕', 'Originals are read-only, every access is logged'),
        zhEn('停用坐席端的录音下载权限', 'Agents can no longer download recordings'),
      ],
    },
    {
      key: 'suspend-agent',
      phase: 'verify',
      title: zhEn('涉事坐席停岗并安排关怀', 'Suspend the agent and care for them'),
      department: 'call-center',
      due: { afterDeclarationMin: 60 },
      after: [],
      // C1-04: suspended. QA-04: includes psychological help.
      checklist: [
        zhEn('停岗，说明停岗不等于定责', 'Suspended, and told that this is no verdict'),
        zhEn('由主管陪同，当面听取经过并做书面记录', 'Heard in person with a supervisor, in writing'),
        zhEn('核查姓名、照片是否外泄，防止人肉搜索', 'Checked whether name or photo leaked; protected from doxing'),
        zhEn('安排心理疏导，留 24 小时联系人', 'Psychological help and a contact round the clock'),
        zhEn('提醒不自行发声、不联系客户', 'Asked to post nothing and not to contact the customer'),
      ],
    },
    {
      key: 'contact-customer',
      phase: 'verify',
      title: zhEn('由负责人联系客户本人致歉', 'Have a manager apologize to the customer'),
      department: 'call-center',
      due: { beforeClock: 'response', minutes: 0 },
      after: [],
      // C1-04: a personal apology; HD-04.
      checklist: [
        zhEn('由呼叫中心负责人打，不让普通坐席打', 'The head of the call center calls, no ordinary agent'),
        zhEn('为那几句话道歉，不解释理由', 'Apologizes for the words, gives no excuses'),
        zhEn('问清原来的问题和现在的诉求', 'Asks for the first problem and the present demand'),
        zhEn('联系不上时记下每次尝试，改发私信', 'If not reached: each attempt noted, a message sent'),
        zhEn('约定下一次联系时间，不要求删录音', 'Agrees on the next contact; does not ask to delete the recording'),
      ],
    },
    {
      key: 'staff-silence',
      phase: 'verify',
      title: zhEn('要求全员社交媒体静默', 'Keep all staff silent on social media'),
      department: 'social-media',
      due: { afterDeclarationMin: 60 },
      after: [],
      // C1-06: employees' own posts were uncontrolled.
      checklist: [
        zhEn('通知全体员工和外包团队：不评论、不转发、不点赞', 'All staff and vendors told: no comment, forward or like'),
        zhEn('不在朋友圈、工作群谈论客户和录音', 'No talk of the customer or recording in chats and feeds'),
        zhEn('不用小号辩解，不联系发帖人', 'No defense from private accounts, no contact with the author'),
        zhEn('媒体来电一律转唯一发言人', 'Media calls go to the one voice'),
        zhEn(
          '检查认证员工账号，已发内容请本人撤下并留底',
          'Verified staff accounts checked; posts taken down by their owners, copies kept',
        ),
        zhEn('各部门负责人书面确认已传达', 'Each department head has confirmed in writing'),
      ],
    },
    {
      key: 'watch',
      phase: 'verify',
      title: zhEn('按五步路径监测发酵', 'Watch the five steps of the spread'),
      department: 'social-media',
      due: { afterDeclarationMin: 60 },
      after: [],
      // C1-02: the five stages; C1-01: over 100,000 forwards within 24 hours.
      checklist: [
        zhEn('一看客户原帖和话题标签', 'Step 1: the customer’s post and its tags'),
        zhEn('二看维权大 V 是否转发', 'Step 2: whether rights activists with many followers forward it'),
        zhEn('三看财经和消费媒体是否跟进', 'Step 3: whether finance and consumer media follow'),
        zhEn('四看消费者协会是否约谈或要求整改', 'Step 4: whether the consumer association asks to rectify'),
        zhEn('五看话题是否转到企业文化', 'Step 5: whether the topic turns to company culture'),
        zhEn('每小时报转发量，逼近 10 万立即升级', 'Forwards reported every hour; close to 100,000 the level goes up'),
      ],
    },
    {
      key: 'holding-script',
      phase: 'verify',
      title: zhEn('下发临时口径', 'Give out the holding script'),
      department: 'pr',
      due: { afterDeclarationMin: 90 },
      after: [],
      checklist: [
        zhEn('先道歉，再说正在核实和公布时间', 'An apology first, then that we verify and when we report'),
        zhEn('不评价同事，不评价客户', 'No judgment of colleague or customer'),
        zhEn('客户提起录音时的答法写成原话', 'The answer to “I heard the recording” is written word for word'),
        zhEn('在岗坐席逐人确认已读', 'Every agent on duty has confirmed reading'),
      ],
    },
    {
      key: 'find-facts',
      phase: 'verify',
      title: zhEn('听完整段录音，写清经过', 'Hear the whole recording, write what happened'),
      department: 'business',
      due: { afterDeclarationMin: 210 },
      after: ['secure-recording'],
      checklist: [
        zhEn('逐句文字稿由两人核对', 'The transcript is checked by two people'),
        zhEn('写明客户原来的问题为什么没解决', 'Says why the first problem was not solved'),
        zhEn('比对网传片段有无剪辑', 'The clip is compared for cuts'),
        zhEn('结论由呼叫中心和法务共同签字', 'Call center and legal have both signed'),
      ],
    },
    {
      key: 'public-reply',
      phase: 'verify',
      title: zhEn('公开承认问题，告知下一步', 'Admit the problem in public, say what is next'),
      department: 'social-media',
      due: { beforeClock: 'public-response', minutes: 0 },
      after: ['holding-script', 'contact-customer'],
      checklist: [
        zhEn('承认言语不当，不说“断章取义”', 'Admits the words; never “out of context”'),
        zhEn('已联系客户，已停岗核查', 'Says the customer was reached and the agent suspended'),
        zhEn('不透露坐席和客户的身份', 'Names neither agent nor customer'),
        zhEn('告知下一次通报的时间', 'Says when the next report comes'),
      ],
    },
    {
      key: 'draft-statement',
      phase: 'golden',
      title: zhEn('起草情况通报', 'Draft the statement'),
      department: 'pr',
      due: { beforeClock: 'first-statement', minutes: 60 },
      after: ['find-facts'],
      // C1-05: template language failed.
      checklist: [
        zhEn('写出具体哪句话错了，不用模板话', 'Names the very words that were wrong, no template'),
        zhEn('公司担责，不推给个人或外包', 'The company takes it, not the person or the vendor'),
        zhEn('写明正在做的三件事和时间', 'Three things under way, each with a time'),
        zhEn('朗读一遍，去掉官腔', 'Read aloud once, officialese removed'),
      ],
    },
    {
      key: 'legal-review',
      phase: 'golden',
      title: zhEn('法务审核情况通报', 'Have legal review the statement'),
      department: 'legal',
      due: { beforeClock: 'first-statement', minutes: 20 },
      after: ['draft-statement'],
      checklist: [
        zhEn('录音的使用和公开合法', 'Use and publication of the recording are lawful'),
        zhEn('停岗处理符合劳动法规', 'The suspension complies with labor law'),
        zhEn('不侵犯客户和坐席的隐私、名誉', 'Privacy and reputation of both are kept'),
        zhEn('指挥签发，记下时间', 'The commander has released it, time noted'),
      ],
    },
    {
      key: 'publish-statement',
      phase: 'golden',
      title: zhEn('发布情况通报', 'Publish the statement'),
      department: 'pr',
      due: { beforeClock: 'first-statement', minutes: 10 },
      after: ['legal-review'],
      checklist: [
        zhEn('发布前先告知客户本人', 'The customer was told first'),
        zhEn('官方账号同时发布，文字一致', 'All official accounts post the same text at once'),
        zhEn('链接和截图存入时间线', 'Link and screenshot are in the timeline'),
      ],
    },
    {
      key: 'agent-script',
      phase: 'golden',
      title: zhEn('更新坐席话术，稳住班组', 'Update the script, steady the teams'),
      department: 'call-center',
      due: { beforeClock: 'first-statement', minutes: 0 },
      after: ['publish-statement'],
      checklist: [
        zhEn('话术与通报一致，旧版撤下', 'The script agrees with the statement; the old one is gone'),
        zhEn('遇到谩骂和录音挑衅，允许转组长', 'Abuse and provocation may go to the team lead'),
        zhEn('班前会五分钟，讲清事实和态度', 'Five minutes before each shift on facts and attitude'),
        zhEn('组长抽听，半小时内纠偏', 'Team leads listen in and correct within half an hour'),
      ],
    },
    {
      key: 'find-causes',
      phase: 'golden',
      title: zhEn('查清失言背后的管理原因', 'Find what in management led to it'),
      department: 'call-center',
      due: { afterDeclarationMin: 1200 },
      after: ['find-facts'],
      // 004-12: two hours of excited callers in a row; CA-02.
      checklist: [
        zhEn('查当天排班，是否连续接激动来电超过 2 小时', 'Shifts: were there over 2 hours of heated calls in a row'),
        zhEn('查培训、质检和历次投诉记录', 'Training, quality checks and earlier complaints'),
        zhEn('查考核是否逼着坐席抢时长', 'Whether targets push agents to cut calls short'),
        zhEn('查坐席有没有权限解决客户的问题', 'Whether the agent had authority to solve it'),
      ],
    },
    {
      key: 'plan-reform',
      phase: 'golden',
      title: zhEn('制定整改措施和时间表', 'Set the reform and its timetable'),
      department: 'business',
      due: { afterDeclarationMin: 1380 },
      after: ['find-causes'],
      // C1-04: public measures with a timetable; C1-06: long-term prevention was missing.
      checklist: [
        zhEn('每项措施有责任人和完成日期', 'Each measure has an owner and a date'),
        zhEn('包含全员培训和长期预防机制', 'Includes training for all and long-term prevention'),
        zhEn('包含用户参与的监督委员会', 'Includes a supervision committee with users'),
        zhEn('决策层批准，可以公开', 'The decision layer agrees; it may be published'),
      ],
    },
    {
      key: 'handling-brief',
      phase: 'golden',
      title: zhEn('24 小时内完成处置并上报', 'Finish handling in 24 hours and report'),
      department: null,
      due: { beforeClock: 'handling', minutes: 0 },
      after: [],
      // C1-05.
      checklist: [
        zhEn('客户、坐席、公众三方各有交代', 'Customer, agent and public have each had an answer'),
        zhEn('附转发量、媒体数和情绪变化', 'With forwards, media count and sentiment'),
        zhEn('定好正式道歉的人、时间和形式', 'Who apologizes, when and how is settled'),
      ],
    },
    {
      key: 'apologise',
      phase: 'apology',
      title: zhEn('48 小时内正式道歉并公布整改', 'Apologize formally, publish the reform'),
      department: 'pr',
      due: { beforeClock: 'apology', minutes: 60 },
      after: ['plan-reform', 'publish-statement'],
      // C1-03, C1-04, C1-07.
      checklist: [
        zhEn('高管具名，承认问题，不带“如果”“但是”', 'An executive signs and admits it, without ifs and buts'),
        zhEn('公布整改措施和时间表', 'Measures and timetable are published'),
        zhEn('对客户的歉意放在对公众之前', 'The customer comes before the public'),
        zhEn('法务看过，客户本人先收到', 'Legal has seen it; the customer has it first'),
      ],
    },
    {
      key: 'compensate',
      phase: 'apology',
      title: zhEn('当面致歉，落实合理补偿', 'Apologize in person, compensate fairly'),
      department: 'business',
      due: { afterDeclarationMin: 2880 },
      after: ['contact-customer'],
      // C1-04.
      checklist: [
        zhEn('征得同意后由负责人当面或视频致歉', 'With consent, a manager apologizes in person or by video'),
        zhEn('把客户原来的问题办结', 'The first problem is solved for good'),
        zhEn('补偿有依据，不以删帖为条件', 'Compensation has grounds and does not depend on deletion'),
        zhEn('客户是否接受，如实记录', 'Whether the customer accepts is noted as it is'),
      ],
    },
    {
      key: 'train-all',
      phase: 'reform',
      title: zhEn('全员培训并通过考核', 'Train everybody and test it'),
      department: 'call-center',
      due: { afterDeclarationMin: 20160 },
      after: ['find-causes'],
      // C1-04; DR-01: groups of 3 to 4; LI-02.
      checklist: [
        zhEn('含外包坐席，一个不漏', 'Outsourced agents too, nobody left out'),
        zhEn('3 至 4 人一组，轮演坐席、客户和观察员', 'Groups of 3 to 4 play agent, customer and observer in turn'),
        zhEn('讲情绪控制、求助和转接', 'On self-control, asking for help and handing over'),
        zhEn('考核未过的不上线', 'Those who fail do not take calls'),
      ],
    },
    {
      key: 'supervision',
      phase: 'reform',
      title: zhEn('成立用户参与的监督委员会', 'Form a supervision committee with users'),
      department: 'business',
      due: { afterDeclarationMin: 43200 },
      after: ['apologise'],
      // C1-04.
      checklist: [
        zhEn('公开招募用户代表，名单公示', 'Users are invited openly and named'),
        zhEn('可抽查录音和整改进度，隐私已脱敏', 'It may sample recordings, made anonymous, and the reform'),
        zhEn('定下首次会议和公布结果的日期', 'First meeting and publication of results have dates'),
      ],
    },
    {
      key: 'call-back',
      phase: 'reform',
      title: zhEn('解决后 3 至 7 天由高管回访', 'Have an executive call back after 3 to 7 days'),
      department: 'call-center',
      // CB-02, CB-04: counts from the solution.
      due: null,
      after: ['compensate'],
      checklist: [
        zhEn('确认问题没有复发、补偿已到账', 'The problem has not come back, compensation has arrived'),
        zhEn('告知整改进展，听取意见', 'Told of the reform, asked for an opinion'),
        zhEn('邀请加入监督委员会，不勉强', 'Invited to the committee, without pressure'),
      ],
    },
    {
      key: 'open-retrospective',
      phase: 'close',
      title: zhEn('开启复盘', 'Open the retrospective'),
      department: null,
      due: { afterDeclarationMin: 43200 },
      after: ['apologise', 'compensate', 'handling-brief'],
      // CL-02, CL-03, C1-07.
      checklist: [
        zhEn('核对 4 小时、24 小时、48 小时三道关口', 'The limits of 4, 24 and 48 hours are checked'),
        zhEn('标出扩散五步各自的时间和拐点', 'Time and turning point of each of the five steps marked'),
        zhEn('评估涉事坐席能否返岗、如何返岗', 'Whether and how the agent returns is weighed'),
        zhEn('整改逐项验收，改写培训案例', 'Each measure checked, training cases rewritten'),
      ],
    },
  ],
  source: '001-C1-01…C1-07, TY-01, CS-01…CS-05, MO-07, MS-08, QA-04, HD-04, 004-12, LI-02, DR-01, CB-02, CB-04, CL-02, CL-03',
} satisfies PlanContent
