/** A unit as written, the quantity that it measures, and how much of the quantity one unit is. */
type Unit = { written: readonly string[]; quantity: string; size: number }

/** Time in hours, money in yuan. A unit that is listed alone measures nothing but itself. */
const MEASURES: readonly Unit[] = [
  { written: ['个工作日', '工作日', 'working days', 'working day', 'business days', 'business day'], quantity: 'workday', size: 1 },
  { written: ['个小时', '小时', '个钟头', '钟头', 'hours', 'hour', 'hrs'], quantity: 'hour', size: 1 },
  { written: ['分钟', 'minutes', 'minute', 'mins', 'min'], quantity: 'hour', size: 1 / 60 },
  { written: ['个自然日', '自然日', '天', '日内', '日之内', '日以内', 'calendar days', 'days', 'day'], quantity: 'hour', size: 24 },
  { written: ['个星期', '星期', '周', 'weeks', 'week'], quantity: 'hour', size: 168 },
  { written: ['个月', 'months', 'month'], quantity: 'month', size: 1 },
  { written: ['年', 'years', 'year'], quantity: 'month', size: 12 },
  { written: ['元', '块钱', '块', 'yuan', 'RMB', 'CNY'], quantity: 'yuan', size: 1 },
  { written: ['%', 'percent', 'per cent'], quantity: '%', size: 1 },
  { written: ['公斤', '千克', 'kg'], quantity: 'gram', size: 1000 },
  { written: ['毫升', 'ml'], quantity: 'ml', size: 1 },
  { written: ['人次', '人', '位', '名', 'people', 'persons', 'customers', 'users'], quantity: 'person', size: 1 },
  { written: ['例', '起', 'cases', 'case'], quantity: 'case', size: 1 },
  { written: ['家', 'stores', 'shops', 'store'], quantity: 'store', size: 1 },
  { written: ['台', '件', '款', '个', '次', '批次', '批', '单', '份', '瓶', '箱', '袋', '盒', '包', '只', '辆'], quantity: '', size: 1 },
  { written: ['倍', '折', '克', '升', '吨', '米', '℃', '度', '级', '岁', '秒钟', '秒', '条', '项', '号'], quantity: '', size: 1 },
  { written: ['units', 'unit', 'items', 'item', 'orders', 'order', 'batches', 'batch', 'products', 'times'], quantity: '', size: 1 },
  { written: ['美元', '港元', '欧元', 'USD', 'dollars', 'dollar'], quantity: '', size: 1 },
]

const BY_WORD = new Map(
  MEASURES.flatMap(({ written, quantity, size }) =>
    written.map((word): [string, { quantity: string; size: number }] => [
      word.toLowerCase(),
      { quantity: quantity || word.replace(/s$/u, ''), size },
    ]),
  ),
)

/** All units as written, the longest first, for a regular expression. */
export const UNIT_WORDS = [...BY_WORD.keys()].toSorted((a, b) => b.length - a.length)

/** The quantity that a written unit measures, and its size; a unit that is not known measures nothing. */
export function unitOf(written: string): { quantity: string; size: number } {
  return BY_WORD.get(written.trim().replaceAll(/\s+/gu, ' ').toLowerCase()) ?? { quantity: '', size: 1 }
}

/** Quantities of time. */
export const TIME_QUANTITIES: ReadonlySet<string> = new Set(['workday', 'hour', 'month', '秒钟', '秒'])
