/** One measured figure. Its baseline, if any, was measured in the same run on the same machine. */
export type Figure = {
  name: string
  value: number
  unit: string
  /** Whether a larger value is better. */
  more: boolean
  baseline?: { name: string; value: number }
  /** Limit on the value, or on value ÷ baseline. Reported, never asserted. */
  goal?: { of: 'value' | 'ratio'; limit: number }
}

export type Workshop = {
  /** A fresh empty folder on the measured disk, removed when the benchmarks end. */
  folder(): string
  /** A folder filled once by `make` and shared by every run that asks for the same name. Callers must not change it. */
  dataSet(name: string, make: (folder: string) => Promise<void>): Promise<string>
  /** Prints progress. */
  say(line: string): void
}

export type Benchmark = {
  name: string
  /** One line: what is measured, with which data, against which baseline. */
  about: string
  /** Too large to run unless it is named. */
  onlyNamed?: true
  run(workshop: Workshop): Promise<Figure[]>
}

export const RUNS = 3

export function ratioOf(figure: Figure): number | null {
  return figure.baseline === undefined || figure.baseline.value === 0 ? null : figure.value / figure.baseline.value
}

/** Whether the goal is met; null without a goal. */
export function isMet(figure: Figure): boolean | null {
  if (figure.goal === undefined) return null
  const judged = figure.goal.of === 'ratio' ? ratioOf(figure) : figure.value
  if (judged === null) return false
  return figure.more ? judged >= figure.goal.limit : judged <= figure.goal.limit
}

/** The worst of the same figure in several runs: by the measure of its goal, else by its value. */
export function worstOf(figures: readonly Figure[]): Figure | undefined {
  const judged = (figure: Figure) => (figure.goal?.of === 'ratio' ? (ratioOf(figure) ?? Number.NaN) : figure.value) * (figure.more ? -1 : 1)
  return figures.reduce<Figure | undefined>(
    (worst, figure) => (worst === undefined || judged(figure) > judged(worst) ? figure : worst),
    undefined,
  )
}
