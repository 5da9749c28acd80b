import { useRead } from '#client/use-read.ts'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useEffect, useEffectEvent } from 'react'
import { Difference } from './Difference.tsx'

type Side = { incidentId: string | null; revisionId: string }

type Props = {
  from: Side
  to: Side
  title: string
  /** Called when the difference is on the screen. */
  onShown?: () => void
}

/** The difference between two revisions, each read by its id. */
export function ComparedRevisions({ from, to, title, onShown }: Props) {
  const before = useRead('wordings.revision', from)
  const after = useRead('wordings.revision', to)
  const isRead = before.data !== undefined && after.data !== undefined
  const tell = useEffectEvent(() => onShown?.())
  useEffect(() => {
    if (isRead) tell()
  }, [isRead])
  const failure = before.failure ?? after.failure
  if (failure) return <FailureNotice failure={failure} />
  return before.data && after.data ? <Difference before={before.data.content} after={after.data.content} title={title} /> : null
}
