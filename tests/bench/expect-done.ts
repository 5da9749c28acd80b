import type { Result } from '#contract/failures.ts'

/** @returns the value of a result. @throws if the call failed, because then the benchmark measures nothing */
export function expectDone<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}
