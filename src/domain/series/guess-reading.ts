import type { SeriesMetric, SeriesPoint, SeriesReading } from './series.ts'

/** The most likely meaning of a number column, from its name and its values. */
export type SeriesGuess = {
  reading: SeriesReading
  /** False if neither name nor values decide; then the user is asked. */
  sure: boolean
  metric: SeriesMetric
  unit: string
  /** True if a share is written as 0.81 instead of 81. */
  fraction: boolean
}

const SHARE = /占比|比例|百分比|比重|份额|率(?!先)|[%％]|percent|\bpct\b|\bshares?\b(?!d)|\bratio\b|(?:^|[\s_-])rate(?:$|[\s_-])/iu
/** Names of percentages that may exceed 100. */
const CHANGE = /增长|增速|增幅|涨幅|跌幅|环比|同比|变化|growth|change|increase/iu
const RANK = /排名|排行|名次|位次|座次|rank/iu
const LEVEL =
  /热度|指数|指标|popularity|\bindex\b|均值|平均|均价|人均|\bavg\b|average|\bmean\b|在线|水平|\blevel\b|评分|得分|score|满意度|好感|股价|价格|\bprice\b|近\s*\d+\s*(?:小时|天|日)|存量|库存|在榜|当前|目前/iu
const TOTAL = /累计|累积|总(?!监|裁|经理|部|台|局)|合计|共计|截至|迄今|total|cumulative|\bcum\b|so[ _]far|粉丝数|followers/iu
const INCREMENT =
  /新增|增量|净增|每(?:小时|分钟?|天|日|周)|每\s*\d+\s*(?:分钟?|小时)|当[日天时]|单[日天]|[日时]增|\bnew\b|increment|\bdelta\b|hourly|daily|per[ _](?:hour|day|minute|min)|\/\s*(?:h|hour|day)\b/iu
/** Names of counted things; a count that falls is an amount per interval. */
const COUNTED =
  /转发|评论|点赞|阅读|播放|浏览|搜索|讨论|声量|提及|发帖|帖子|投诉|咨询|来电|进线|工单|退货|退款|报道|(?<!指)数$|[量次条件篇家人]$|repost|retweet|forward|comment|likes?\b|views?\b|reads?\b|search|mention|posts?\b|complaint|enquir|inquir|calls?\b|tickets?\b|refund|returns?\b|\bcount\b|reports?\b/iu

const NEGATIVE = /负面|情绪|消极|negative|sentiment/iu
const SPREAD =
  /转发|评论|点赞|阅读|播放|浏览|搜索|讨论|声量|传播|提及|热度|发帖|帖子|repost|retweet|forward|comment|\blikes?\b|views?\b|reads?\b|search|mention|posts?\b|popularity|volume/iu
const INFLUENCE = /媒体|报道|大\s?V|KOL|意见领袖|博主|粉丝|media\b|press|leader|influencer|followers/iu
const BUSINESS =
  /咨询|来电|进线|工单|投诉|退货|退款|转化|销售|销量|成交|满意|enquir|inquir|complaint|\bcalls?\b|ticket|refund|returns?\b|sales|conversion|revenue|satisfaction/iu

/** Whether name and unit of a series describe a share in percent: from 0 to 100. */
export function saysShare({ name, unit }: { name: string; unit: string }): boolean {
  const plain = name.normalize('NFKC').replaceAll('_', ' ')
  return !CHANGE.test(plain) && (SHARE.test(plain) || unit.trim().normalize('NFKC') === '%')
}

/** Whether a series of negative voices is a share; otherwise it counts posts, which says nothing about the mood. */
export function tellsShare(series: { name: string; unit: string; metric: SeriesMetric }): boolean {
  return saysShare(series) || (series.metric === 'sentiment' && series.unit.trim() === '' && !COUNTED.test(series.name.normalize('NFKC')))
}

/** Whether every value of a series must be between 0 and 100. */
export function isShare(series: { name: string; unit: string; metric: SeriesMetric; reading: SeriesReading }): boolean {
  return series.reading === 'level' && tellsShare(series)
}

function metricOf(name: string, share: boolean): SeriesMetric {
  if (RANK.test(name)) return 'other'
  if (NEGATIVE.test(name)) return share ? 'sentiment' : SPREAD.test(name) || COUNTED.test(name) ? 'spread' : 'sentiment'
  if (share) return BUSINESS.test(name) ? 'business' : 'other'
  // Reposts by media are spread, reports by media are not.
  if (SPREAD.test(name) && !/报道|reports?\b/iu.test(name)) return 'spread'
  if (INFLUENCE.test(name)) return 'influence'
  return BUSINESS.test(name) ? 'business' : 'other'
}

/** Statistics of the values in time order: how often they fall and rise. */
export function movesOf(values: readonly number[]): { falls: number; rises: number } {
  let falls = 0
  let rises = 0
  for (let index = 1; index < values.length; index += 1) {
    const step = (values[index] ?? 0) - (values[index - 1] ?? 0)
    if (step < 0) falls += 1
    else if (step > 0) rises += 1
  }
  return { falls, rises }
}

/** Minimum number of never-falling values that indicates a running total. */
const ENOUGH = 4

function readingOf(name: string, share: boolean, values: readonly number[], percentSigns: boolean): Pick<SeriesGuess, 'reading' | 'sure'> {
  const { falls, rises } = movesOf(values)
  if (share || RANK.test(name) || (CHANGE.test(name) && (percentSigns || SHARE.test(name)))) return { reading: 'level', sure: true }
  if (percentSigns && values.every((value) => value >= 0 && value <= 100)) return { reading: 'level', sure: true }
  if (INCREMENT.test(name)) return { reading: 'increments', sure: true }
  // A total that falls occasionally lost deleted items; one that falls often is not a total.
  if (TOTAL.test(name))
    return { reading: falls > rises ? 'increments' : 'running-total', sure: falls <= rises && falls * 10 <= values.length }
  if (LEVEL.test(name)) return { reading: 'level', sure: true }
  if (falls === 0 && rises > 0) return { reading: 'running-total', sure: values.length >= ENOUGH }
  if (falls > 0 && COUNTED.test(name)) return { reading: 'increments', sure: values.length >= ENOUGH && !values.some((value) => value < 0) }
  return { reading: falls > 0 && values.some((value) => value < 0) ? 'level' : 'increments', sure: false }
}

/**
 * Guesses the meaning of a number column.
 * @param values in time order
 * @param percentSigns whether the cells carry a percent sign
 */
export function guessSeries(columnName: string, values: readonly number[], percentSigns = false): SeriesGuess {
  const name = columnName.normalize('NFKC').replaceAll('_', ' ')
  const inRange = values.every((value) => value >= 0 && value <= 100)
  const share = !CHANGE.test(name) && (SHARE.test(name) || (percentSigns && inRange))
  const { reading, sure } = readingOf(name, share, values, percentSigns)
  const percent = share || percentSigns || (CHANGE.test(name) && SHARE.test(name))
  const fraction =
    share &&
    !percentSigns &&
    values.length > 0 &&
    values.every((value) => value >= 0 && value <= 1) &&
    values.some((value) => !Number.isInteger(value))
  return { reading, sure, metric: metricOf(name, share), unit: percent ? '%' : '', fraction }
}

/**
 * The reading of an existing series: as stated, or, for an import from before files stated it, as certain from its name and
 * numbers.
 * @param said whether the reading was stated
 * @param points in time order
 */
export function readingInForce(
  series: { name: string; unit: string; reading: SeriesReading; importId: string | null },
  said: boolean,
  points: readonly SeriesPoint[],
): SeriesReading {
  if (said || series.importId === null) return series.reading
  const guess = guessSeries(
    series.name,
    points.map(([, value]) => value),
    series.unit.trim() === '%',
  )
  return guess.sure ? guess.reading : series.reading
}
