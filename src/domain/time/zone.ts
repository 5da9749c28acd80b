/** Zone names without a place that are unambiguous. */
const CLEAR = new Set(['UTC', 'GMT', 'PRC', 'ROC', 'ROK', 'Japan', 'Hongkong', 'Singapore'])

/**
 * Whether a time zone name is unambiguous, like `Asia/Shanghai` or `UTC`. `CST` is China's zone for people and America's for
 * programs, 14 hours apart; EST, IST, BST, MST and similar names are no better.
 */
export function isClearZone(name: string): boolean {
  return name.includes('/') || CLEAR.has(name)
}
