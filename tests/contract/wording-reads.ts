/** Queries about the texts of all incidents, and the starter library. */
export const WORDING_READS = {
  'wordings.reviews': () => ({}),
  'wordings.delegations': () => ({}),
  'wordings.starter': ({ incidentId }: { incidentId: string }) => ({ incidentId, language: 'zh-Hans' as const }),
}
