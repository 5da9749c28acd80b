import { expectDone } from './expect-done.ts'
import { openBenchStation } from './open-station.ts'

/** Started in a process of its own: opens a data folder and asks what the first screens ask. Prints milliseconds since the process began. */
const begun = performance.now()
const station = await openBenchStation(process.argv[2] ?? '')
const opened = performance.now()
const incidents = expectDone(await station.handlers['incidents.list']({}))
const listed = performance.now()
const incidentId = incidents.toSorted((a, b) => b.entryCount - a.entryCount)[0]?.id ?? ''
const filter = { order: 'happened' } as const
expectDone(await station.handlers['timeline.page']({ incidentId, filter, page: 0 }))
const paged = performance.now()
const { total, pages } = expectDone(await station.handlers['timeline.outline']({ incidentId, filter, zone: 'Asia/Shanghai' }))
expectDone(await station.handlers['timeline.page']({ incidentId, filter, page: pages - 1 }))
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
await station.close()
