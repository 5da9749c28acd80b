import { adoptReplica } from '#replica/store/adopt-replica.ts'

/** Puts a ready replica in the place of a device's own, as a process that may be killed meanwhile. */
const [own = '', ready = '', hubId = '', epoch = ''] = process.argv.slice(2)
process.stdout.write(`${JSON.stringify({ ended: true, ...adoptReplica(own, ready, { hubId, epoch }) })}\n`)
