/** The sections of a text's page. */
export const TEXT_PARTS = ['text', 'revisions', 'approval'] as const
export type TextPart = (typeof TEXT_PARTS)[number]

/** The address of the texts of an incident or of the standing library (null), or of one text. */
export function wordingAddress(incidentId: string | null, wordingId?: string, part: TextPart = 'text'): string {
  const list = incidentId === null ? '/wording' : `/incidents/${incidentId}/wording`
  if (wordingId === undefined) return list
  return part === 'text' ? `${list}/${wordingId}` : `${list}/${wordingId}?part=${part}`
}
