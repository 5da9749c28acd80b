/** The theme's colours as a canvas needs them. */
export type ChartColours = {
  ink: string
  soft: string
  faint: string
  line: string
  surface: string
  curve: string
  alarm: string
  mark: string
  font: string
  /** Of what lies under a curve: a dark ground needs more. */ fill: number
}

/** Reads them from the page as it is shown now, in that scheme. */
export function readColours(scheme: 'light' | 'dark'): ChartColours {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: token('--ink'),
    soft: token('--ink-soft'),
    faint: token('--ink-faint'),
    line: token('--line'),
    surface: token('--surface'),
    curve: token('--accent'),
    alarm: token('--level-1'),
    mark: token('--level-3'),
    font: token('--font-sans'),
    fill: scheme === 'dark' ? 0.22 : 0.12,
  }
}
