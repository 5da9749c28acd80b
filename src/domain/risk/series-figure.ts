import { tellsShare } from '../series/guess-reading.ts'
import type { SeriesMetric } from '../series/series.ts'
import type { RiskInputs } from './risk.ts'

/** Influence counts media or opinion leaders (AN-03); only the name tells which, and followers or reads are neither. */
const MEDIA = /媒体|报道|media\b|press|reports?\b/i
const LEADERS = /大\s?V|KOL|意见领袖|博主|leader|influencer/i
/** Business numbers that are not enquiries (AN-04): they grow when things go well. */
const SALES = /转化|销售|销量|成交|满意|conversion|sales|revenue|satisfaction/i

/** The risk figure that a series provides, or null. */
export function figureOfSeries({ metric, name, unit }: { metric: SeriesMetric; name: string; unit: string }): keyof RiskInputs | null {
  switch (metric) {
    case 'spread':
      return 'growth24h'
    case 'sentiment':
      return tellsShare({ metric, name, unit }) ? 'negativeShare' : null
    case 'influence':
      return MEDIA.test(name) ? 'mainstreamMedia' : LEADERS.test(name) ? 'opinionLeaders' : null
    case 'business':
      return SALES.test(name) ? null : 'enquiryGrowth'
    default:
      return null
  }
}
