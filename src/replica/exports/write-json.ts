import type { IncidentDocument } from './incident-document.ts'

/** What exports never contain; listed in the file, so that nobody takes it for a backup. */
const LEFT_OUT = ['content of evidence files', 'personal data behind masks', 'notices', 'records of who saw personal data']

/**
 * An incident for programs, in pieces. `contents` lists what is included and what is not; the entries come early, where an
 * import looks for them.
 */
export function* jsonPieces({
  incident,
  entries,
  chosen,
  series,
  tasks,
  people,
  risk,
  plans,
  words,
  zone,
  now,
  names,
}: IncidentDocument): Generator<string> {
  yield `{"format":"stormroom-incident","version":1,"exportedAt":${now},"zone":${JSON.stringify(zone)},\n"contents":${JSON.stringify({ ...chosen, notIncluded: LEFT_OUT })},\n`
  yield `"incident":${JSON.stringify(incident)},\n"entries":[`
  let first = true
  for (const { id, state } of entries) {
    yield `${first ? '' : ','}\n${JSON.stringify({ id, ...state, text: words.entry(state), authorName: names(state.author) })}`
    first = false
  }
  yield `\n],\n"series":${JSON.stringify(series)}`
  for (const [name, part] of Object.entries({ tasks, plans, people })) if (part !== null) yield `,\n"${name}":${JSON.stringify(part)}`
  if (risk !== null) yield `,\n"risk":${JSON.stringify({ ...risk, history: undefined })},\n"assessments":${JSON.stringify(risk.history)}`
  yield '}\n'
}
