type World = { incidentId: string; [made: string]: string }

const textsOf = (world: World) => ({ incidentId: world['wordingIncident'] ?? world.incidentId })
const wordingOf = (world: World) => (world['wordingId'] ? { ...textsOf(world), wordingId: world['wordingId'] } : null)

/** The inputs of the queries about texts, see `READS`. */
export const WORDING_READS = {
  'wordings.list': (world: World) => ({ ...textsOf(world), removed: false }),
  'wordings.get': wordingOf,
  'wordings.draft': wordingOf,
  'draftNotes.list': wordingOf,
  'wordings.revision': (world: World) => (world['revisionId'] ? { ...textsOf(world), revisionId: world['revisionId'] } : null),
  'wordings.reviews': () => ({}),
  'wordings.delegations': () => ({}),
  'wordings.starter': ({ incidentId }: World) => ({ incidentId, language: 'zh-Hans' as const }),
  'promises.list': textsOf,
}
