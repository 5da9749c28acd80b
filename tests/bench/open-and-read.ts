import { expectDone } from './expect-done.ts'
import { openBenchWorkspace } from './open-workspace.ts'

/** Runs in its own process: opens a data folder and reads what the first screens read. Prints milliseconds since the process began. */
const begun = performance.now()
const workspace = await openBenchWorkspace(process.argv[2] ?? '')
const opened = performance.now()
const incidents = expectDone(await workspace.handlers['incidents.list']({}))
const listed = performance.now()
const incidentId = incidents.toSorted((a, b) => b.entryCount - a.entryCount)[0]?.id ?? ''
const filter = { order: 'happened' } as const
expectDone(await workspace.handlers['timeline.page']({ incidentId, filter, page: 0 }))
const paged = performance.now()
const { total, pages } = expectDone(await workspace.handlers['timeline.outline']({ incidentId, filter, zone: 'Asia/Shanghai' }))
expectDone(await workspace.handlers['timeline.page']({ incidentId, filter, page: pages - 1 }))
const ready = performance.now()
process.stdout.write(
  JSON.stringify({
    begun,
    opened: opened - begun,
    listed: listed - opened,
    paged: paged - listed,
    outlined: ready - paged,
    all: ready,
    total,
  }),
)
await workspace.close()
