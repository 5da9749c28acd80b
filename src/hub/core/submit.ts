import type { LogRecord } from '#domain/log/record.ts'
import type { HubLog, Session } from '../log/hub-log.ts'
import type { CommitNews } from './commit-news.ts'
import type { HubCore } from './hub-core.ts'

/** Submits ops that do not come over a link, and announces what they change. */
export type Submitting = {
  submit: HubCore['submit']
  /** Submits ops about a member for someone with access to the hub's machine, in the member's name and as an owner. */
  recover(ops: readonly string[], memberId: string): Promise<LogRecord[]>
}

export function createSubmitting(log: Pick<HubLog, 'submit'>, commits: CommitNews): Submitting {
  async function submitAs(ops: readonly string[], session: Session): Promise<LogRecord[]> {
    const { records, heads, access } = await log.submit(ops, session)
    commits.tell({ heads, access, records: [] })
    return records
  }
  return {
    submit: (ops, memberId, admission, reaches) => submitAs(ops, { memberId, admission, ...(reaches === undefined ? {} : { reaches }) }),
    recover: (ops, memberId) => submitAs(ops, { memberId, admission: null, recovers: true }),
  }
}
