import type { Failure } from '#contract/failures.ts'
import { MINUTE } from '#domain/durations.ts'
import { MEMBER_ROLES } from '#domain/members/member.ts'
import { partiesNamed } from '#domain/permissions/matrix.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { formatBytes } from './format-bytes.ts'
import { currentTime } from './time/use-now.ts'

const IN_BYTES = new Set(['size', 'limit'])

/** The sentence for a failure: what happened, why, what to do next. Sizes are in KB or MB. */
export function wordFailure(failure: Failure, t: TFunction<'failures'>): string {
  const values: Record<string, string | number | string[]> = Object.fromEntries(
    Object.entries(failure.params).map(([name, value]) => [
      name,
      IN_BYTES.has(name) && typeof value === 'number' ? formatBytes(value) : value,
    ]),
  )
  const { roles } = failure.params
  if (typeof roles === 'string') values['roles'] = wordParties(roles, t)
  if (failure.code === 'locked-out') values['minutes'] = Math.max(1, Math.ceil((Number(failure.params['until']) - currentTime()) / MINUTE))
  if (failure.code === 'reveal-limit') values['minutes'] = Math.max(1, Math.ceil((Number(failure.params['at']) - currentTime()) / MINUTE))
  if (failure.code === 'text-overtaken') values['field'] = t(`terms:text.${String(failure.params['field'])}`)
  return t(`failures:${failure.code}`, values)
}

/** The names of those who may do it instead. */
function wordParties(roles: string, t: TFunction<'failures'>): string[] {
  return partiesNamed(roles).map((one) => t(MEMBER_ROLES.some((role) => role === one) ? `terms:role.${one}` : `terms:party.${one}`))
}

/** {@link wordFailure} in the current language. */
export function useFailureWords(): (failure: Failure) => string {
  const { t } = useTranslation('failures')
  return (failure) => wordFailure(failure, t)
}
