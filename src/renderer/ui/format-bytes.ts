const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** Formats bytes in the largest unit with a value of at least 1, in steps of 1024: `200 MB`, `1.5 KB`. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return `${value.toFixed(digits).replace(/\.0$/, '')} ${UNITS[unit] ?? 'B'}`
}
