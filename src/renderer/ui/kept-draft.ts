/** What is typed in a form, and the stored value that it began with. */
export type KeptDraft<Value> = { before: Value; value: Value }

function sortFields(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Whether two values of plain data are the same, in whatever order their fields are. */
export const isSameData = (a: unknown, b: unknown) => JSON.stringify(a, sortFields) === JSON.stringify(b, sortFields)

/** Whether something is typed that is not saved. */
export const isChanged = ({ before, value }: KeptDraft<unknown>) => !isSameData(before, value)

/**
 * The draft after the stored value changed. The value of somebody else is taken while nothing is typed here; otherwise the draft stays,
 * and its owner chooses.
 * @returns `clash`: somebody else changed the value while this member was changing it too
 */
export function withStored<Value>(draft: KeptDraft<Value>, stored: Value): { draft: KeptDraft<Value>; clash: boolean } {
  if (isSameData(draft.before, stored)) return { draft, clash: false }
  if (!isChanged(draft) || isSameData(draft.value, stored)) return { draft: { before: stored, value: stored }, clash: false }
  return { draft, clash: true }
}
