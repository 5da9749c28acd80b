/** `scheme://user:password@` · hosts with their ports · everything behind them. */
const PARTS = /^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)([^/?#]*)(.*)$/u

/** What a hub asks of a server at any rate; the others of libpq would have it sit down at a standby. */
const TAKES_WRITES = ['any', 'read-write', 'primary']

/**
 * An address of PostgreSQL, read as libpq does: `postgres://user@one:5432,two:5432/name` names several servers, of which the
 * first that takes writes is used.
 * @returns one address for each server
 * @throws an error that says what does not fit
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

/** Whether an address says a password, which then stands wherever the address stands. */
export function holdsPassword(address: string): boolean {
  const [, before = '', , after = ''] = PARTS.exec(address) ?? []
  return /:\/\/[^@]*:[^@]+@$/u.test(before) || /[?&]password=[^&]/u.test(after)
}
