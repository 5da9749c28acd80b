import { useApiClient } from '#client/api-context.tsx'
import type { CallInput } from '#contract/api.ts'
import type { CompanyTicket } from '#contract/team-api.ts'
import { useCompanyFlow, type CompanyFlow } from './use-company-flow.ts'

export type CompanyAccountFlow = CompanyFlow<CompanyTicket>

/**
 * Signs in to a team with a company account.
 * @param prepare the input of the call; null if something is missing, which is then shown at its field
 */
export function useCompanyAccount(prepare: () => CallInput<'membership.beginCompany'> | null): CompanyAccountFlow {
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
