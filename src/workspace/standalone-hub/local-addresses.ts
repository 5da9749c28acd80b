import { networkInterfaces } from 'node:os'

/** Addresses of this machine for others on the same network, IPv4 first; link-local ones are useless in an invite. */
export function localAddresses(interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces()): string[] {
  const all = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('169.254.') && !address.toLowerCase().startsWith('fe80:'))
  const [four, six] = [all.filter(({ family }) => family === 'IPv4'), all.filter(({ family }) => family === 'IPv6')]
  return [...four.map(({ address }) => address), ...six.map(({ address }) => `[${address}]`)]
}
