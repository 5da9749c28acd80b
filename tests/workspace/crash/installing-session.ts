import { installBootstrap } from '#replica/store/install-bootstrap.ts'

/** Installs a bootstrap snapshot over a device's own replica, in a process that may be killed meanwhile. */
const [own = '', ready = '', hubId = '', epoch = ''] = process.argv.slice(2)
process.stdout.write(`${JSON.stringify({ ended: true, ...installBootstrap(own, ready, { hubId, epoch }) })}\n`)
