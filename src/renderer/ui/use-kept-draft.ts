import { useState } from 'react'
import { isChanged, isSameData, withStored, type KeptDraft } from './kept-draft.ts'

/** A draft of stored data that stays while others change the data, see {@link useKeptDraft}. */
export type Kept<Value> = {
  value: Value
  change: (change: (now: Value) => Value) => void
  unchanged: boolean
  /** Somebody else changed the same meanwhile: the member chooses before saving. */
  clash: boolean
  takeStored: () => void
  keepMine: () => void
  /** Grows when another value replaces what is typed; a key for fields that keep their own text. */
  round: number
}

/** What a form edits: the stored value, then what is typed. It outlasts changes of the stored value by others. */
export function useKeptDraft<Value>(stored: Value): Kept<Value> {
  const [typed, setTyped] = useState<KeptDraft<Value>>({ before: stored, value: stored })
  const [round, setRound] = useState(0)
  const { draft, clash } = withStored(typed, stored)
  if (draft !== typed) {
    setTyped(draft)
    if (!isSameData(draft.value, typed.value)) setRound((now) => now + 1)
  }
  return {
    value: draft.value,
    change: (change) => setTyped((now) => ({ ...now, value: change(now.value) })),
    unchanged: !isChanged(draft),
    clash,
    takeStored: () => {
      setTyped({ before: stored, value: stored })
      setRound((now) => now + 1)
    },
    keepMine: () => setTyped((now) => ({ ...now, before: stored })),
    round,
  }
}
