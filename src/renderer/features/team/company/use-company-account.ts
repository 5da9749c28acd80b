import { useApiClient } from '#client/api-context.tsx'
import type { CallInput } from '#contract/api.ts'
import { useCompanyFlow } from './use-company-flow.ts'

/**
 * Signs in to a team with a company account.
 * @param prepare the input of the call; null if something is missing, which is then shown at its field
 */
export function useCompanyAccount(prepare: () => CallInput<'membership.beginCompany'> | null) {
  const client = useApiClient()
  return useCompanyFlow({
    begin: async () => {
      const input = prepare()
      return input && client.call('membership.beginCompany', input)
    },
    outcome: ({ ticket }) => client.call('membership.companyOutcome', { ticket }),
    cancel: ({ ticket }) => client.call('membership.cancelCompany', { ticket }),
  })
}

export type CompanyAccountFlow = ReturnType<typeof useCompanyAccount>
