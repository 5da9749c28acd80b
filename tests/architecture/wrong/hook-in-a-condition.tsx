// place: src/renderer/features/incidents/WrongHook.tsx
// refused: rules-of-hooks
// saying:
import { useState } from 'react'

export function WrongHook({ open }: { open: boolean }) {
  if (!open) return null
  const [text] = useState('')
  return <p>{text}</p>
}
