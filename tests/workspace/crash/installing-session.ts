import { installBootstrap } from '#replica/store/install-bootstrap.ts'

/** Puts a bootstrap snapshot in the place of a device's own, as a process that may be killed meanwhile. */
const [own = '', ready = '', hubId = '', epoch = ''] = process.argv.slice(2)
process.stdout.write(`${JSON.stringify({ ended: true, ...installBootstrap(own, ready, { hubId, epoch }) })}\n`)
