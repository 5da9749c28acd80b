/** The value below which a share of the sample lies (nearest rank); `share` between 0 and 1. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = sample.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN
}

/** Milliseconds of each of `times` runs of an act. */
export function timeEach(times: number, act: (index: number) => void): number[] {
  return Array.from({ length: times }, (_, index) => {
    const from = performance.now()
    act(index)
    return performance.now() - from
  })
}

/** The same for asynchronous acts, one after the other. */
export async function timeEachLater(times: number, act: (index: number) => Promise<unknown>): Promise<number[]> {
  const sample: number[] = []
  for (let index = 0; index < times; index++) {
    const from = performance.now()
    await act(index)
    sample.push(performance.now() - from)
  }
  return sample
}
