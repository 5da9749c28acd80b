import { useRead } from '#client/use-read.ts'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Difference } from './Difference.tsx'

type Side = { incidentId: string | null; revisionId: string }

/** The difference between two revisions, each read by its id. */
export function ComparedRevisions({ from, to, title }: { from: Side; to: Side; title: string }) {
  const before = useRead('wordings.revision', from)
  const after = useRead('wordings.revision', to)
  const failure = before.failure ?? after.failure
  if (failure) return <FailureNotice failure={failure} />
  return before.data && after.data ? <Difference before={before.data.content} after={after.data.content} title={title} /> : null
}
