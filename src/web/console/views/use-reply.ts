import { useState } from 'react'
import type { Piece } from '../state/pieces.ts'

/** The reply that is being put together. The agent's own name is known; what else a text leaves open is asked once. */
export function useReply(agentName: string) {
  const [pieces, setPieces] = useState<readonly Piece[]>([])
  const [values, setValues] = useState<Readonly<Record<string, string>>>({ agent: agentName })
  return { pieces, setPieces, values, setValues }
}
