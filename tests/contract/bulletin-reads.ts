type World = { incidentId: string; [made: string]: string }

/** The inputs of the queries about bulletins, see `READS`. */
export const BULLETIN_READS = {
  'bulletins.plan': ({ incidentId }: World) => ({ incidentId }),
  'bulletins.list': ({ incidentId }: World) => ({ incidentId, before: null }),
  'bulletins.get': ({ incidentId, bulletinId }: World) => (bulletinId ? { incidentId, bulletinId } : null),
  'bulletins.standing': () => ({}),
}

/** Queries about what never changes. */
export const FIXED = ['wordings.revision', 'bulletins.get'] as const
