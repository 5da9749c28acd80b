const INCIDENT = /^\/(?:incidents|print|present)\/([0-9a-f-]{36})(?:\/|$)/u

/** The page and the incident of an address of the app. */
export function placeOf(pathname: string): { page: string; incidentId: string | null } {
  const page = pathname.split('/')[1] ?? ''
  return { page: page === '' ? 'dashboard' : page.slice(0, 40), incidentId: INCIDENT.exec(pathname)?.[1] ?? null }
}
