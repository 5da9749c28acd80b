/** The theme's colours for a canvas. */
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
  /** Opacity of the area under a curve; dark backgrounds need more. */ fill: number
}

/** Reads the colours from the page as rendered now, for the given scheme. */
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
