/** `scheme://user:password@` · hosts with ports · the rest. */
const PARTS = /^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)([^/?#]*)(.*)$/u

/** A hub always needs a server that takes writes; other values of libpq could select a standby. */
const TAKES_WRITES = ['any', 'read-write', 'primary']

/**
 * Parses a PostgreSQL address as libpq does: `postgres://user@one:5432,two:5432/name` names several servers, of which the first
 * that takes writes is used.
 * @returns one address for each server
 * @throws an error that says what is invalid
 */
export function serversOf(address: string): string[] {
  const [, before = '', hosts = '', after = ''] = PARTS.exec(address) ?? []
  if (before === '') throw new Error('It begins with postgres:// and names a host and a database')
  return hosts.split(',').map((host) => {
    const url = new URL(`${before}${host}${after}`)
    const wanted = url.searchParams.get('target_session_attrs')
    if (wanted !== null && !TAKES_WRITES.includes(wanted))
      throw new Error(`A hub needs a server that takes writes: target_session_attrs may be ${TAKES_WRITES.join(', ')}`)
    url.searchParams.delete('target_session_attrs')
    return url.href
  })
}

/** Whether an address contains a password, which would then be visible wherever the address is. */
export function holdsPassword(address: string): boolean {
  const [, before = '', , after = ''] = PARTS.exec(address) ?? []
  return /:\/\/[^@]*:[^@]+@$/u.test(before) || /[?&]password=[^&]/u.test(after)
}
