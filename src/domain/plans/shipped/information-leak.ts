import type { PlanContent } from '../plan.ts'
import { zhEn } from './zh-en.ts'

/**
 * Personal or payment data leaked (002-01, 002-02), after the handling of 002-14: report to security at once, reset
 * accounts, trace, protect better. The content of the notice to customers follows article 57 of the Personal Information
 * Protection Law of the PRC. Times without an ID beside them are our own.
 */
export const informationLeak = {
  title: zhEn('信息泄露应对预案', 'Information leak'),
  purpose: zhEn(
    '客户个人信息或支付信息外泄时，先止漏、再告知，让客户知道泄露了什么、该怎么保护自己，同时守住法定义务。',
    'When personal or payment data of customers gets out: stop the leak, then tell people what was lost and how to protect themselves, and meet every legal duty.',
  ),
  types: ['information-leak'],
  phases: [
    { key: 'contain', title: zhEn('止漏与取证', 'Stop the leak, keep evidence'), fromHour: 0, toHour: 1 },
    { key: 'confirm', title: zhEn('定范围、先发声', 'Find the scope, speak first'), fromHour: 1, toHour: 6 },
    { key: 'notify', title: zhEn('逐一告知', 'Tell each customer'), fromHour: 6, toHour: 24 },
    { key: 'harden', title: zhEn('追溯与加固', 'Trace and harden'), fromHour: 24, toHour: 72 },
    { key: 'close', title: zhEn('回访与复盘', 'Call back and look back'), fromHour: 72, toHour: null },
  ],
  tasks: [
    {
      key: 'report-security',
      phase: 'contain',
      title: zhEn('立即上报安全团队', 'Report to the security team at once'),
      department: 'call-center',
      // 002-14: at once.
      due: { afterDeclarationMin: 10 },
      after: [],
      checklist: [
        zhEn('报明来源：客户投诉、网上售卖或内部发现', 'Source told: complaint, sale online or found inside'),
        zhEn('附样本截图，打码后再转发', 'Sample attached, masked before it is passed on'),
        zhEn('限定知情范围，不在大群讨论', 'Few people know; not discussed in large chats'),
      ],
    },
    {
      key: 'convene',
      phase: 'contain',
      title: zhEn('召集危机小组，安全负责人牵头技术', 'Convene the crisis team with head of security'),
      department: null,
      due: { afterDeclarationMin: 20 },
      after: [],
      checklist: [
        zhEn('六个部门和安全、数据合规负责人到位', 'Six departments, security and data protection are in'),
        zhEn('授权技术可不经审批切断服务', 'Technical may cut services without further approval'),
        zhEn('启用备用沟通渠道，防内部系统已失守', 'A second channel is used in case ours is compromised'),
      ],
    },
    {
      key: 'keep-logs',
      phase: 'contain',
      title: zhEn('固定日志和泄露样本', 'Preserve logs and samples'),
      department: 'technical',
      due: { afterDeclarationMin: 40 },
      after: ['report-security'],
      checklist: [
        zhEn('访问、导出、登录日志复制到隔离存储', 'Access, export and login logs copied to isolated storage'),
        zhEn('涉事主机做镜像，不先重启', 'Machines concerned are imaged before any restart'),
        zhEn('售卖帖和样本截图留时间、网址、哈希值', 'Offers and samples kept with time, address and hash'),
      ],
    },
    {
      key: 'stop-leak',
      phase: 'contain',
      title: zhEn('切断泄露源头', 'Cut off the source of the leak'),
      department: 'technical',
      due: { afterDeclarationMin: 50 },
      after: ['report-security'],
      checklist: [
        zhEn('停用可疑账号、密钥和接口', 'Suspicious accounts, keys and interfaces are off'),
        zhEn('暂停批量导出和外部数据共享', 'Bulk export and outside sharing are paused'),
        zhEn('查外包和供应商账号的异常登录', 'Vendor accounts checked for abnormal logins'),
        zhEn('确认数据不再外流，记下时间', 'Confirmed that no more data leaves, time noted'),
      ],
    },
    {
      key: 'holding-script',
      phase: 'contain',
      title: zhEn('下发临时口径', 'Give out the holding script'),
      department: 'pr',
      due: { beforeClock: 'response', minutes: 10 },
      after: [],
      checklist: [
        zhEn('说清：已知悉、在核查、几点前告知', 'We know, we check, we tell you by a stated time'),
        zhEn('不猜范围，不说“没有影响”', 'No guess at the scope, never “no impact”'),
        zhEn('坐席不索要密码、验证码和完整卡号', 'Agents never ask for password, code or full card number'),
        zhEn('教客户识别冒充客服的电话', 'Tells customers how to spot false agents'),
      ],
    },
    {
      key: 'watch',
      phase: 'contain',
      title: zhEn('监测售卖帖和仿冒诈骗', 'Watch for offers of data and scams'),
      department: 'social-media',
      due: { afterDeclarationMin: 60 },
      after: [],
      // MO-01, EN-08, AN-01, AN-03.
      checklist: [
        zhEn('搜论坛、群组和二手平台的售卖信息', 'Forums, groups and second-hand markets searched'),
        zhEn('记录冒充我方的电话、短信和链接', 'Calls, messages and links in our name recorded'),
        zhEn('24 小时增长超 200% 或主流媒体超 3 家，报指挥', 'Growth over 200% in 24 hours or over 3 mainstream media: tell the commander'),
        zhEn('不购买、不转发泄露数据', 'Leaked data is neither bought nor passed on'),
      ],
    },
    {
      key: 'find-scope',
      phase: 'confirm',
      title: zhEn('给出初步泄露范围', 'Give a first estimate of the scope'),
      department: 'technical',
      due: { afterDeclarationMin: 180 },
      after: ['keep-logs'],
      checklist: [
        zhEn('列出泄露字段，单列支付信息', 'Fields listed, payment data on their own'),
        zhEn('估出人数、时间段和地区，注明把握程度', 'People, period and regions estimated, with confidence'),
        zhEn('导出受影响客户名单，加密保管', 'List of affected customers exported, kept encrypted'),
        zhEn('说明字段是否加密、能否被还原', 'States whether fields were encrypted and can be read'),
      ],
    },
    {
      key: 'legal-duty',
      phase: 'confirm',
      title: zhEn('判定报告和告知义务', 'Determine duties to report and to notify'),
      department: 'legal',
      due: { afterDeclarationMin: 240 },
      after: ['find-scope'],
      checklist: [
        zhEn(
          '由法务核对：对照个人信息保护、网络和数据安全规定',
          'For legal to check: compared with personal information, network and data security law',
        ),
        zhEn('由法务核对：向哪些部门报告、时限和材料', 'For legal to check: which authorities, by when, with which papers'),
        zhEn('由法务核对：涉嫌犯罪的，准备报案材料', 'For legal to check: papers for the police are ready where a crime is suspected'),
        zhEn('由法务核对：合作方合同里的通知期限', 'For legal to check: notice periods in partner contracts checked'),
      ],
    },
    {
      key: 'public-reply',
      phase: 'confirm',
      title: zhEn('官方账号先行回应', 'Reply from the official account'),
      department: 'social-media',
      due: { beforeClock: 'public-response', minutes: 0 },
      after: ['holding-script'],
      checklist: [
        zhEn('确认正在核查，告知声明时间', 'Confirms the check, says when the statement comes'),
        zhEn('先给自保提醒：改密码、防诈骗', 'First advice: change passwords, beware of scams'),
        zhEn('不在评论区核实客户个人信息', 'No personal data is verified in comments'),
      ],
    },
    {
      key: 'reset-accounts',
      phase: 'confirm',
      title: zhEn('重置受影响账号和密码', 'Reset the accounts and passwords affected'),
      department: 'technical',
      // 002-14.
      due: { afterDeclarationMin: 300 },
      after: ['find-scope'],
      checklist: [
        zhEn('强制下线，要求重设密码', 'Sessions ended, new passwords required'),
        zhEn('解绑可疑设备，开启二次验证', 'Suspicious devices unbound, second factor on'),
        zhEn('支付类账号加限额，通知合作银行', 'Payment accounts limited, partner banks told'),
        zhEn('测试老年客户能走通人工重置', 'Manual reset tested for elderly customers'),
      ],
    },
    {
      key: 'draft-statement',
      phase: 'confirm',
      title: zhEn('起草首次声明', 'Draft the first statement'),
      department: 'pr',
      due: { beforeClock: 'first-statement', minutes: 60 },
      after: ['find-scope'],
      checklist: [
        zhEn('已泄露的、未泄露的、还在查的分开写', 'What got out, what did not and what is open, apart'),
        zhEn('已采取的措施和客户现在该做的事', 'What we did and what customers should do now'),
        zhEn('查询入口和专线号码', 'Where to check, and the number to call'),
        zhEn('不提供攻击者可利用的细节', 'No detail that helps an attacker'),
      ],
    },
    {
      key: 'legal-review',
      phase: 'confirm',
      title: zhEn('法务和安全会签声明', 'Have legal and security sign the statement'),
      department: 'legal',
      due: { beforeClock: 'first-statement', minutes: 20 },
      after: ['draft-statement', 'legal-duty'],
      checklist: [
        zhEn('与向监管报告的内容一致', 'Agrees with the report to the authorities'),
        zhEn('安全负责人确认没有技术误述', 'Head of security finds no technical error'),
        zhEn('人数和字段与范围报告一致', 'Numbers and fields agree with the scope report'),
        zhEn('决策层签发，记下时间', 'The decision layer has released it, time noted'),
      ],
    },
    {
      key: 'publish-statement',
      phase: 'confirm',
      title: zhEn('发布首次声明', 'Publish the first statement'),
      department: 'pr',
      due: { beforeClock: 'first-statement', minutes: 10 },
      after: ['legal-review'],
      checklist: [
        zhEn('官网、应用内和官方账号同时发布', 'Website, app and official accounts at once'),
        zhEn('声明页不放跳转链接，防被仿冒', 'The page holds no links that could be imitated'),
        zhEn('链接和截图存入时间线', 'Link and screenshot are in the timeline'),
      ],
    },
    {
      key: 'agent-script',
      phase: 'confirm',
      title: zhEn('下发查询和自保话术', 'Give agents the script for checks and advice'),
      department: 'call-center',
      due: { beforeClock: 'first-statement', minutes: 0 },
      after: ['publish-statement'],
      checklist: [
        zhEn('话术与声明一致，旧版撤下', 'The script agrees with the statement; the old one is gone'),
        zhEn('查询前先按规定核实来电人身份', 'Callers are identified before anything is looked up'),
        zhEn('索赔、注销、删除信息各有答法', 'Answers for claims, closing accounts, deleting data'),
        zhEn('疑似被骗的来电直转反诈专员', 'Callers who may have been cheated go to the fraud specialist'),
      ],
    },
    {
      key: 'block-fraud',
      phase: 'notify',
      title: zhEn('拦截冒充客服的诈骗', 'Block fraud in our name'),
      department: 'business',
      due: { afterDeclarationMin: 720 },
      after: ['find-scope'],
      checklist: [
        zhEn('异常登录、改绑、大额支付转人工复核', 'Odd logins, rebinding and large payments are checked by hand'),
        zhEn('仿冒网址和号码报平台、运营商封停', 'False addresses and numbers reported for blocking'),
        zhEn('已受骗的客户协助止付、报警', 'Victims are helped to stop payment and go to the police'),
      ],
    },
    {
      key: 'notify-customers',
      phase: 'notify',
      title: zhEn('逐一告知受影响客户', 'Notify each customer affected'),
      department: 'call-center',
      due: { afterDeclarationMin: 1320 },
      after: ['legal-duty', 'publish-statement'],
      // Article 57: kinds of data, cause, possible harm; remedies and what customers can do; contact.
      checklist: [
        zhEn(
          '告知信息种类、原因和可能的危害（内容由法务核对）',
          'Kinds of data, cause and possible harm are told (contents for legal to check)',
        ),
        zhEn(
          '告知已采取的补救和客户可做的防护（内容由法务核对）',
          'Our remedies and the customer’s own protection are told (contents for legal to check)',
        ),
        zhEn('附联系方式，通知里不放链接', 'With a contact, without a link'),
        zhEn('支付信息泄露的客户先打电话', 'Those with payment data lost are called first'),
        zhEn('记录送达情况，未达的换渠道', 'Delivery recorded; another channel where it failed'),
      ],
    },
    {
      key: 'handling-brief',
      phase: 'notify',
      title: zhEn('提交 24 小时处置小结', 'Report on the first 24 hours'),
      department: null,
      due: { beforeClock: 'handling', minutes: 0 },
      after: [],
      checklist: [
        zhEn('写明是否已止漏、告知到了多少人', 'Whether the leak is stopped, how many were told'),
        zhEn('写明监管报告的状态和要求', 'State and demands of the authorities'),
        zhEn('列出仍不清楚的问题和查清时间', 'What is unclear, and when it will be known'),
      ],
    },
    {
      key: 'trace',
      phase: 'harden',
      title: zhEn('追溯泄露路径和责任', 'Trace the path and who is responsible'),
      department: 'technical',
      // 002-14.
      due: { afterDeclarationMin: 2820 },
      after: ['find-scope'],
      checklist: [
        zhEn('还原时间线：入口、停留、带走', 'Rebuilt: way in, stay, way out'),
        zhEn('区分外部攻击、内部人员和外包方', 'Outside attack, insider or vendor told apart'),
        zhEn('证据移交法务，配合警方', 'Evidence goes to legal, the police are assisted'),
        zhEn('最终范围与初步估计核对，漏的补告知', 'Final scope compared with the estimate; those missed are told'),
        zhEn('确认没有第二个出口', 'Confirmed that there is no second way out'),
      ],
    },
    {
      key: 'apologise',
      phase: 'harden',
      title: zhEn('正式道歉并公布补救', 'Apologize formally, publish the remedy'),
      department: 'pr',
      due: { beforeClock: 'apology', minutes: 30 },
      after: ['publish-statement', 'legal-duty'],
      checklist: [
        zhEn('由负责人具名，承认没保护好', 'A person signs and admits that we failed to protect'),
        zhEn('公布补救：监测、赔付、专线期限', 'Remedy: monitoring, compensation, how long the line stays'),
        zhEn('法务看过，与监管口径一致', 'Legal has seen it; it agrees with the authorities’ version'),
      ],
    },
    {
      key: 'harden',
      phase: 'harden',
      title: zhEn('加固加密和访问控制', 'Harden encryption and access control'),
      department: 'technical',
      // 002-10, 000-08.
      due: { afterDeclarationMin: 4320 },
      after: ['trace'],
      checklist: [
        zhEn('传输和存储全部加密，密钥已更换', 'Encrypted in transit and at rest, keys changed'),
        zhEn('权限收到最小，导出须双人审批', 'Least privilege; exports need two people'),
        zhEn('外部机构做安全审计和风险评估', 'Outside audit and risk assessment ordered'),
        zhEn('异常登录和批量查询告警已测试', 'Alarms for odd logins and bulk queries are tested'),
      ],
    },
    {
      key: 'call-back',
      phase: 'close',
      title: zhEn('解决后 3 至 7 天回访客户', 'Call back 3 to 7 days after solving'),
      department: 'call-center',
      // CB-04 counts from the solution.
      due: null,
      after: ['notify-customers'],
      checklist: [
        zhEn('确认账号安全、没有新的损失', 'Account safe, no new loss'),
        zhEn('受骗客户和意见领袖由高管亲自回访', 'Executives call victims and opinion leaders'),
        zhEn('回访号码事先公示，先报验证方式', 'The number is announced beforehand, and how to verify it'),
      ],
    },
    {
      key: 'open-retrospective',
      phase: 'close',
      title: zhEn('开启复盘', 'Open the retrospective'),
      department: null,
      due: { afterDeclarationMin: 14400 },
      after: ['harden', 'notify-customers', 'handling-brief'],
      // CL-02, CL-03, CL-06.
      checklist: [
        zhEn('从泄露到发现隔了多久，为什么', 'How long from leak to discovery, and why'),
        zhEn('统计受影响人数、告知率和诈骗损失', 'People affected, share told and losses counted'),
        zhEn('改进项定责任人和日期，报决策层', 'Improvements have owners and dates, decision layer told'),
        zhEn('更新本预案，安排一次泄露演练', 'This plan is updated and a leak drill set'),
      ],
    },
  ],
  source: '002-01, 002-02, 002-10, 002-14, 000-05, 000-07, 000-08, MO-01, MO-07, CS-01, AN-01, AN-03, CB-02, CB-04, CL-02…CL-06',
} satisfies PlanContent
