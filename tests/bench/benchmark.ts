/** One measured figure. Where it has a baseline, that was measured in the same run on the same machine. */
export type Figure = {
  name: string
  value: number
  unit: string
  /** Whether a larger value is a better one. */
  more: boolean
  baseline?: { name: string; value: number }
  /** Limit on the value, or on value ÷ baseline. Reported, never asserted. */
  goal?: { of: 'value' | 'ratio'; limit: number }
}

export type Workshop = {
  /** A fresh empty folder on the disk that is measured; gone when the benchmarks end. */
  folder(): string
  /** A folder filled once by `make` and used by every run that asks for the same name. Whoever gets it leaves it as it is. */
  dataSet(name: string, make: (folder: string) => Promise<void>): Promise<string>
  /** What goes on, for whoever waits. */
  say(line: string): void
}

export type Benchmark = {
  name: string
  /** One line: what is measured, on what, against what. */
  about: string
  /** Too large to be run unless it is named. */
  onlyNamed?: true
  run(workshop: Workshop): Promise<Figure[]>
}

export const RUNS = 3

export function ratioOf(figure: Figure): number | null {
  return figure.baseline === undefined || figure.baseline.value === 0 ? null : figure.value / figure.baseline.value
}

/** Whether the goal is met, or null where none is set. */
export function isMet(figure: Figure): boolean | null {
  if (figure.goal === undefined) return null
  const judged = figure.goal.of === 'ratio' ? ratioOf(figure) : figure.value
  if (judged === null) return false
  return figure.more ? judged >= figure.goal.limit : judged <= figure.goal.limit
}

/** Of the same figure measured in several runs, the worst: by what its goal judges, else by its value. */
export function worstOf(figures: readonly Figure[]): Figure | undefined {
  const judged = (figure: Figure) => (figure.goal?.of === 'ratio' ? (ratioOf(figure) ?? Number.NaN) : figure.value) * (figure.more ? -1 : 1)
  return figures.reduce<Figure | undefined>(
    (worst, figure) => (worst === undefined || judged(figure) > judged(worst) ? figure : worst),
    undefined,
  )
}
