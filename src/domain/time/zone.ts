/** Zones without a place in their name that mean one thing. */
const CLEAR = new Set(['UTC', 'GMT', 'PRC', 'ROC', 'ROK', 'Japan', 'Hongkong', 'Singapore'])

/**
 * Whether a name of a time zone means one zone to everybody: `Asia/Shanghai`, `UTC`. `CST` is China's to one reader and America's, 14 hours
 * off, to a program; EST, IST, BST, MST and the like are no better.
 */
export function isClearZone(name: string): boolean {
  return name.includes('/') || CLEAR.has(name)
}
