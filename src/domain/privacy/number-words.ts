/** What the word before a number says about it; `perhaps`: an amount or a thing, unless it is a mobile number in one group. */
export type NumberWord = 'order' | 'phone' | 'card' | 'paper' | 'identity' | 'nobody' | 'perhaps'

function named<Meaning>(meaning: Meaning, words: string): [string, Meaning][] {
  return words.split(' ').map((word): [string, Meaning] => [word.replaceAll('_', ' '), meaning])
}

/** In lower case; `_` is a blank. */
export const NUMBER_WORDS: ReadonlyMap<string, NumberWord> = new Map<string, NumberWord>([
  ...named<NumberWord>(
    'order',
    '订单 订单号 单号 订单编号 运单 运单号 快递 快递号 工单 工单号 流水号 交易号 包裹 包裹号 退款号 受理号 受理编号 工单编号 运单编号 order order_no order_number order_id orderid order# tracking tracking_no parcel',
  ),
  ...named<NumberWord>(
    'phone',
    '电话 手机 座机 固话 来电 回电 致电 拨打 拨 联系方式 电联 传真 手机尾号 tel phone mobile cell call whatsapp fax telephone',
  ),
  ...named<NumberWord>(
    'card',
    '卡号 银行卡 银行卡号 信用卡 储蓄卡 借记卡 银行账号 银行账户 收款账号 收款账户 开户账号 card card_no card_number iban',
  ),
  ...named<NumberWord>('paper', '护照 护照号 通行证 回乡证 台胞证 台胞证号 证件 证件号 军官证 passport passport_no permit'),
  ...named<NumberWord>('identity', '身份证 身份证号 公民身份号码 identity id_card id_number'),
  // Amounts and frequencies.
  ...named<NumberWord>(
    'nobody',
    '粉丝 粉丝数 粉丝量 阅读 阅读量 阅读数 播放 播放量 播放数 浏览 浏览量 转发量 转发数 评论数 点赞数 曝光 曝光量 销量 销售额 营收 利润 净利润 金额 总额 市值 估值 价值 总价 合计 总计 累计 库存 产量 热度 热度值 搜索量 指数 讨论量 讨论数 互动量 观看量 收藏数 访问量 下载量 人气 注册资本 人口 用户数 pv uv views plays revenue amount usd cny rmb impressions',
  ),
  ...named<NumberWord>(
    'perhaps',
    '评论 转发 点赞 讨论 互动 观看 收藏 访问 下载 价格 赔偿 赔付 赔款 罚款 费用 余额 预算 成本 资产 收入 时间 时刻 日期 视频 作品 帖子 直播间 型号 产品型号 编码 版本 count total price date time model likes shares followers reads fans',
  ),
  // Goods, machines and posts, not people.
  ...named<NumberWord>(
    'nobody',
    '时间戳 批次 批次号 批号 生产批号 生产批次 生产日期 序列号 序列 产品序列号 机身号 机身码 机号 设备号 设备序列号 条码 条码号 条形码 商品条码 商品码 追溯码 防伪码 款号 货号 商品编码 商品编号 产品编号 物料号 料号 版本号 固件 固件版本 许可证号 备案号 批准文号 标准号 哈希 微博id 视频号id 视频id 作品id 笔记 笔记id 文章id 话题id 帖子id 抖音id 房间号 timestamp epoch unix ts batch batch_no lot lot_no lot_number sn s/n serial serial_no serial_number ean ean13 ean-13 upc gtin isbn issn barcode sku spu version ver firmware hash md5 sha1 sha256 commit build mid aid cid bvid post_id video_id item_id itemid id= part_no part_number p/n',
  ),
])

const UNITS = new Set(
  '元 万 亿 千 百万 千万 万元 亿元 美元 港元 港币 欧元 日元 人民币 块 块钱 角 分 件 台 人 人次 次 版 条 个 篇 名 位 份 辆 吨 公斤 千克 克 斤 kg 度 部 只 箱 瓶 袋 盒 包 家 户 票 张 笔 赞 粉丝 阅读 播放 浏览 米 公里 千米 km 平方米 升 毫升 字 字节 行 gb mb kb 毫秒 ms 秒 分钟 小时 天 股 帧 步 usd cny rmb 人民 views likes 颗 枚 支 套 本 间 层 页 级 岁 折 倍 % ％ ‰ ℃ °'.split(
    ' ',
  ),
)
const MONEY = new Set('元 万 亿 万元 亿元 美元 港元 港币 欧元 日元 人民币 块钱'.split(' '))
const LONGEST_UNIT = 3
/** What may follow a unit: the end, a blank, punctuation, or a word that continues an amount. */
const AFTER_UNIT = /^(?:$|[\s\p{P}\p{S}]|的|了|左右|以上|以下|多|整|人民币|以内|上下|前后)/u
const TITLE = /^(?:先生|女士|小姐|某|总|经理|师傅|姐|哥|老师|同学|芳)/

/** Whether the text after a number makes it a count or a price. */
export function countsWith(after: string): boolean {
  for (let length = LONGEST_UNIT; length >= 1; length -= 1) {
    const unit = after.slice(0, length)
    if (unit.length < length || !UNITS.has(unit)) continue
    const rest = after.slice(length)
    if (MONEY.has(unit) ? !TITLE.test(rest) : AFTER_UNIT.test(rest)) return true
  }
  return false
}
