import type { Result } from '#contract/failures.ts'

/** The value of a result; a benchmark whose calls fail measures nothing and ends. */
export function expectDone<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}
