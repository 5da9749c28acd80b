import { useMemo } from 'react'
import type { Failure } from '#contract/failures.ts'
import { useWords } from '../../page/words.tsx'

/** Failures that agents meet; every other one has the same sentence. */
export const KNOWN_FAILURES = [
  'sign-in-failed',
  'locked-out',
  'too-many-requests',
  'invite-unknown',
  'invite-expired',
  'invite-used',
  'invite-withdrawn',
  'login-taken',
  'locked',
  'disconnected',
] as const

/** What happened and what to do, in one or two sentences. */
export function useFailureWords(): (failure: Failure) => string {
  const t = useWords('console')
  return useMemo(
    () =>
      ({ code, params }) => {
        const known = KNOWN_FAILURES.find((one) => one === code) ?? 'other'
        const until = Number(params['until'])
        const minutes = Number.isFinite(until) ? Math.max(1, Math.ceil((until - Date.now()) / 60_000)) : 1
        return t(`failures.${known}`, { ...params, minutes, code })
      },
    [t],
  )
}
