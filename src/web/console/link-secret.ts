/** The secret in the address of a vendor's link, `#join=SECRET`; null without one. */
export function linkSecret(hash: string): string | null {
  return /^#join=([\w-]{20,200})$/.exec(hash)?.[1] ?? null
}

/** Takes the secret out of the address, so that it stays neither in the history nor on the screen. */
export function takeLinkSecret(page: Pick<Window, 'location' | 'history'>): string | null {
  const { hash, pathname, search } = page.location
  const secret = linkSecret(hash)
  if (hash !== '') page.history.replaceState(null, '', pathname + search)
  return secret
}
