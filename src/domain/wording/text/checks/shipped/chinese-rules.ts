import {
  ADVERTISING,
  DATED_PROMISES,
  FIRM_PROMISES,
  LAW_ON_PROMISES,
  NO_BLAME,
  NO_FORMULA,
  NO_JUDGEMENT,
  OLDER_PEOPLE,
} from './rule-sources.ts'
import type { WordingRule } from '../rule.ts'
import { both, terms, termsRule } from './rule-words.ts'

/** Words before a promise that make it none. */
const NOT = '[不|不能|无法|难以|不敢|不会|不作|不做|不予|并不|不得|未|没有|从未|勿]'

/** The shipped rules on Chinese texts. A team edits them; they are a beginning, no legal advice. */
export const CHINESE_RULES: readonly WordingRule[] = [
  termsRule('zh-Hans', {
    id: 'zh-promise-compensation',
    kind: 'promise',
    severity: 'block',
    terms: terms(
      '全额[赔偿|赔付|退赔] 无条件[退款|赔偿|退货|赔付] [一定|肯定|必定|必然]会[赔|赔偿|赔付|退款|退] [一定|肯定|必定]给您[赔|退|赔偿|退款] 先行赔付 [双倍|三倍|十倍|加倍|翻倍][赔偿|返还|赔付|奉还] 退一赔[三|十] 假一赔[三|十] 要多少赔多少 随便赔 赔偿一切损失 赔偿您的[一切|全部|所有]损失 承担[一切|全部|所有][责任|损失|费用|后果]',
    ),
    exceptions: terms(`${NOT}…全额赔偿 ${NOT}…先行赔付 ${NOT}…无条件退款 ${NOT}…承担[一切|全部|所有]责任`),
    message: both('「{term}」承诺了赔偿结果，未经授权不得作出', '“{term}” promises a compensation that nobody has approved'),
    suggestion: both(
      '改为先解决、再按规定处理：写明依据哪一条政策、由谁核定、何时答复',
      'Solve first, then compensate by policy: say which policy applies, who decides, and when the customer hears',
    ),
    source: LAW_ON_PROMISES,
  }),
  termsRule('zh-Hans', {
    id: 'zh-promise-certain',
    kind: 'promise',
    severity: 'warn',
    terms: terms(
      '保证 [一定|肯定|绝对]能[解决|处理好|办到|修好|退] 百分之百[解决|满意|退款|安全] 包[退|换|赔|您满意] 永远不会[再|] 绝不会再 [绝对|完全]不会再 永不 打包票 [我|我们]担保 向您担保 万无一失',
    ),
    exceptions: terms(
      `${NOT}保证 ${NOT}…保证 保证金 保证书 [质量|信用|履约]保证 保证人 以保证 为保证 为了保证 保证期 医保证 [请|请您|还请|还请您|您需要|您要]保证 [不|无法]担保 包退换货`,
    ),
    message: both('「{term}」对结果作了绝对承诺', '“{term}” promises a result for certain'),
    suggestion: both(
      '只承诺自己能控制的行动和时间，例如「我们会在今天15:00前给您回电」',
      'Promise only an action and a time that we control, such as “we will call you by 3 pm today”',
    ),
    source: FIRM_PROMISES,
  }),
  termsRule('zh-Hans', {
    id: 'zh-absolute-listed',
    kind: 'absolute',
    severity: 'block',
    terms: terms(
      '国家级 世界级 宇宙级 最高级 最佳 [全国|全网|全球|行业|业内|世界|中国|国内]第一[品牌|名|] 第一品牌 销量第一 排名第一 [全国|全网|行业|全球]最[好|大|低|优|强|高|先进|安全] 顶级 极品 顶尖 独一无二 绝无仅有 史无前例 空前绝后 万能 [零|0]风险 [零|无]副作用 [100%|百分之百|百分百]安全 绝对[安全|无害|放心|没有问题|可靠] 驰名商标 国家免检 特供 专供 全网最低价',
    ),
    exceptions: terms(
      '最佳食用期 最佳食用时间 最佳赏味期 最佳使用期[限|] 并非[最佳|绝对安全|国家级|顶级] 不是[最佳|绝对安全|国家级|顶级] 极品飞车',
    ),
    message: both('「{term}」是广告法禁止的绝对化用语', '“{term}” is absolute wording that the Advertising Law forbids'),
    suggestion: both(
      '换成能举证的事实：检测机构、标准号、数据和日期',
      'State a fact that can be proved: laboratory, standard, figure and date',
    ),
    source: ADVERTISING,
  }),
  termsRule('zh-Hans', {
    id: 'zh-absolute-superlative',
    kind: 'absolute',
    severity: 'warn',
    terms: terms(
      '最 [是|为|居|列|做到|成为|稳居|位居|保持|质量|口碑|品质|安全|服务|技术|市场|份额]第一 首个 首家 唯一 100% 百分之百 百分百 绝对 完全没有 毫无 彻底 从来没有 从未 根本没有 零投诉 零缺陷 完美 极致 史上',
    ),
    exceptions: terms(
      '最近 最后 最新 最初 最终 最多 最少 最早 最晚 最迟 最快 最慢 最长 最短 最大[程度|限度|努力|值|化|诚意] 最[低|高][限|额|生活|工资|程度|水平|值|气温|温度|消费|金额|价格|频率|标准|不超过|人民法院|检察院|法院] 最小[化|值|起] 最[高|低|大|小]…[档|挡|风量|音量|功率|转速] 最好[先|不|不要|别|把|在|由|让|请] 唯一的[办法|方法] 最为 最开始 最合适 最关心 最关注 最担心 最想 最需要 最方便 最靠近 最邻近 最[近|]一次 最好[您|是|能|在|请|不要|别] 第一时间 第一步 第一次 第一批[次|] 第一[条|款|项|章|笔|至|和|到|车|中学|小学|人民|医院|幼儿园|书记|产业|责任|层|楼|栋|号|排|代|线|季度|天|个|位|点|阶段|年|周|轮|部分|部|类|期|版|责任人|现场|例] 唯一[编号|标识|编码|识别码|官方|渠道|的渠道|入口|热线] 首个[工作日|周末|月] 绝对值 100%[棉|羊毛|纯|果汁|全额] 从未[收到|接到|授权|发布|发生过] 彻底[清洁|检查|排查|调查|核查|整改|清查|查清|晾干|断电|冷却|加热|煮熟|停用]',
    ),
    message: both('「{term}」说得绝对，容易被抓住反证', '“{term}” is absolute: one counter-example disproves it'),
    suggestion: both('删去，或写清范围、依据和日期', 'Leave it out, or say within which limits, on what basis and as of when'),
    source: ADVERTISING,
  }),
  termsRule('zh-Hans', {
    id: 'zh-judgement',
    kind: 'judgement',
    severity: 'block',
    terms: terms(
      '[构成|涉嫌|属于]…[违法|犯罪|侵权|欺诈|诽谤|敲诈|勒索|违约] 构成[违法|犯罪|侵权|欺诈|诽谤|敲诈|勒索|违约] [我方|我们|我司|公司|本公司]…[负全责|全责|违法|侵权|违约] [我方|我们|我司]负全责 [您|你][这|这样|的行为|]…[违法|犯法|侵权|诽谤|造谣|敲诈] [他们|对方|商家|厂家|顾客|消费者]…[违法|犯罪|侵权|欺诈|诽谤|敲诈] 追究[您|你]的法律责任 消费欺诈 敲诈勒索 恶意[索赔|投诉|中伤|诽谤] 职业打假人 [负|承担][全部|一切|主要]法律责任 法院[一定|肯定|必然]会 您[可以|]去告',
    ),
    exceptions: terms(
      '是否[构成|涉嫌|属于|存在]…[违法|犯罪|侵权|欺诈|诽谤|敲诈|勒索|违约] [是否|有无|有没有]…[违法|侵权|欺诈|违约] 由[法院|监管部门|主管部门|有关部门|市场监管部门|公安机关|司法机关]…[认定|判断|决定]',
    ),
    message: both('「{term}」是法律判断，客服和公关都不应作出', '“{term}” is a legal judgement, which neither service nor PR may make'),
    suggestion: both(
      '只说事实和下一步：「我们已请第三方检测，结论以主管部门认定为准」',
      'State facts and the next step only: “an independent laboratory is testing; the authority will decide”',
    ),
    source: NO_JUDGEMENT,
  }),
  termsRule('zh-Hans', {
    id: 'zh-legal-words',
    kind: 'judgement',
    severity: 'warn',
    terms: terms('违法 侵权 欺诈 诽谤 敲诈 违约责任 法律责任 刑事责任 起诉 律师函 保留追究…权利 依法追究'),
    exceptions: terms(
      '是否[违法|侵权|欺诈|违约] 违法[违规|]行为举报 [没有|未|不存在]…[违法|侵权|欺诈] 不[违法|侵权] 违法和不良信息 谨防[欺诈|诈骗] [防范|警惕|预防][欺诈|网络欺诈|电信欺诈]',
    ),
    message: both('「{term}」是法律用语，话术里应换成日常说法', '“{term}” is a legal term: say it in everyday words'),
    suggestion: both('交法务确认，或改成事实描述', 'Ask legal to confirm it, or describe the fact instead'),
    source: NO_JUDGEMENT,
  }),
  termsRule('zh-Hans', {
    id: 'zh-blame',
    kind: 'blame',
    severity: 'block',
    terms: terms(
      '[是|因为|由于|应该是|肯定是][您|你]…[操作不当|使用不当|操作失误|自己弄坏|没看清|没有看清] [您|你][自己|]操作不当 [您|你][误解|误会][了|] [您|你]理解错了 [您|你]搞错了 [您|你]没听懂 [您|你]没[看|仔细看|认真看]说明 [这|那|此事|]不归我们[管|负责] 不关我们的事 与我们无关 跟我们没关系 不是我们的[问题|责任|错] 我们没有[错|责任|过错] [我们|我司]概不负责 爱[买|用]不[买|用] 规定就是规定 没办法就是没办法 别人都没[问题|投诉|反映] 只有[您|你]一个人[反映|投诉|有问题] [您|你]怎么[才|现在才]说 早干什么去了 [您|你][冷静|冷静一点|冷静点|别激动|不要激动|别生气|别闹] 不可能出现这种[情况|问题] 我也没办法 一分价钱一分货 [您|你]应该感到满意',
    ),
    exceptions: terms(
      '不是[您|你]…[操作不当|使用不当|操作失误] [并非|不是]…[您|你]操作不当 [没有|无意]…[您|你]误解 [让|令|使|引起|造成|给][您|你]误解[了|] [让|令|使]您误会[了|]',
    ),
    message: both('「{term}」在辩解或责怪顾客', '“{term}” defends us or blames the customer'),
    suggestion: both(
      '先承认感受和问题，再说我们做什么：「我理解您很着急，我们马上核实」',
      'First acknowledge the feeling and the problem, then say what we do: “I understand this is upsetting; we are checking it now”',
    ),
    source: NO_BLAME,
  }),
  termsRule('zh-Hans', {
    id: 'zh-vague-deadline',
    kind: 'deadline',
    severity: 'warn',
    onlyUndated: true,
    terms: terms(
      '尽快 尽早 近期[将|会|内|有望|就|公布|解决|答复|完成|处理|回复|上线|恢复|安排|启动] [将于|将在|计划于|争取|有望]近期 稍后 稍候 过几天 过段时间 过一段时间 不久[后|将|] 早日 择日 择期 及时[回复|反馈|处理|通知|告知|跟进|答复|公布|联系] 马上就好 很快[就|会|给|为|能] [我们|会|将]…第一时间 适时 有消息[就|会|了] 后续会 抓紧[时间|处理|]',
    ),
    exceptions: terms(
      '[请|请您|建议您|建议|麻烦您|务必|您可以|您]尽快 [请|建议|建议您|请您]尽早 [请|请您]稍[后|候] [请|请您|烦请]及时[通知|告知|反馈|联系] [请|请您]抓紧[时间|]',
    ),
    message: both('「{term}」没有时间，客服答不出「到底什么时候」', '“{term}” names no time: agents cannot answer “when exactly?”'),
    suggestion: both(
      '写出最迟时间，例如「最迟今天下午3点前」，或用 {deadline}',
      'Say by when at the latest, such as “by 3 pm today”, or use {deadline}',
    ),
    source: DATED_PROMISES,
  }),
  termsRule('zh-Hans', {
    id: 'zh-undated-promise',
    kind: 'deadline',
    severity: 'warn',
    onlyUndated: true,
    terms: terms(
      '我们[也|一定|将|]会 [我们|我司|公司]将 我会[为|给|帮|把|向|在] [将|会][为|给|向|与|和|同|跟]您 专人[会|将][联系|为|给|与]',
    ),
    exceptions: terms(
      '我们[也|]会[一直|始终|持续|继续|认真|尊重|虚心|用心|全力|努力|陪|在这里] 我们[会|将][一直|始终|持续|严格|继续|全力|积极] [公司|我们|我司]将[一直|始终|持续|严格|全力|继续|于|在] 我们会不会 [您|]是否[会|将]为您 我们将于 [我们|我会]不会',
    ),
    message: both('这句承诺没有时间', 'This promise names no time'),
    suggestion: both(
      '承诺 = 具体行动 + 时间：加上日期、时刻或时长，或用 {deadline}',
      'A promise is an action and a time: add a date, a time or a duration, or use {deadline}',
    ),
    source: DATED_PROMISES,
  }),
  termsRule('zh-Hans', {
    id: 'zh-formula',
    kind: 'formula',
    severity: 'hint',
    terms: terms(
      '[带来|造成][的|]不便…[敬请|请您|请|望][谅解|理解] 敬请[谅解|理解|见谅] [感谢|谢谢][您的|][理解与支持|理解和支持|支持与理解] 深表歉意 高度重视 [亲|亲亲]您好 非常理解您的心情 您的[反馈|建议|意见]对我们[非常|很|十分]重要 感谢您的反馈 祝您生活愉快 [正在|已经|已]进一步[核实|处理|调查]中 已[反馈|上报|转交]相关部门 相关部门[会|正在|将]',
    ),
    message: both('「{term}」是套话，顾客听了更生气', '“{term}” is a set phrase, which angers people more'),
    suggestion: both(
      '用顾客自己的词说出他的感受，再承认具体问题',
      'Name the feeling in the customer’s own word, then admit the concrete problem',
    ),
    source: NO_FORMULA,
  }),
  termsRule('zh-Hans', {
    id: 'zh-jargon',
    kind: 'reading',
    severity: 'warn',
    audience: 'silver',
    terms: terms(
      'APP SKU SN OTA VIP SOP FAQ UI ID PC IP SDK CCC PM2.5 VOC IPX WIFI H5 DIY GPS SaaS 扫码 二维码 链接 小程序 私信 后台 工单 客诉 售后链路 闭环 赋能 触达 颗粒度 溯源码 批次号 序列号 固件 升级包 电子凭证 在线客服 自助渠道 登录 下载 截图 上传 弹窗 置顶',
    ),
    exceptions: terms('请家人帮忙扫码 [家人|工作人员|店员|我们]…[扫码|下载|登录|上传|截图]'),
    message: both('「{term}」对老年顾客不好懂', '“{term}” is hard to understand for older customers'),
    suggestion: both('换成日常说法，并给一个打电话或到店的办法', 'Use an everyday word, and offer a way by telephone or in a shop'),
    source: OLDER_PEOPLE,
  }),
]
