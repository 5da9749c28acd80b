import { appliedFromRecord, appliedPending } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentOfScope, incidentScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { parseOp, type Op } from '#domain/log/op.ts'
import { step } from '#domain/step.ts'
import { freeTextFields, newlyOvertaken, restoringOp } from '#domain/texts/free-texts.ts'
import { noteDraft } from '#domain/commands/note-draft.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail } from '#contract/failures.ts'
import type { FreeText, TextVersion } from '#contract/text-api.ts'
import { recordOfRow } from '../store/rebuild.ts'
import { memberNames, write, type ServiceContext } from '../context/service-context.ts'

export type TextHandlers = Pick<ApiHandlers, 'texts.versions' | 'texts.restore'>

type RecordRow = Parameters<typeof recordOfRow>[0]
/** `written`: what its op also wrote, as far as it is known. */
type Written = Omit<TextVersion, 'byName' | 'current'> & { by: string; written: Readonly<Record<string, unknown>> }

/** The values that one op lost, by field. */
function supersededWith(entity: Entity, opId: string): Record<string, unknown> {
  return Object.fromEntries(entity.superseded.flatMap((one) => (one.opId === opId ? [[one.field, one.value]] : [])))
}

/** Lists every known version of a free text and restores an earlier one. */
export function textService(context: ServiceContext): TextHandlers {
  const { db, store } = context
  const accepted = db.prepare<[string, string], RecordRow>(
    `SELECT scope, seq, hub_time, actor, outcome, bytes, hash FROM record WHERE scope = ? AND instr(bytes, ?) > 0 AND json_extract(outcome, '$.kind') = 'accepted' ORDER BY seq`,
  )
  const waiting = db.prepare<[string, string], { bytes: string; made_at: number }>(
    'SELECT bytes, made_at FROM outbox WHERE kind = ? AND entity_id = ? ORDER BY place',
  )

  function writings({ kind, id, field }: FreeText): { entity: Entity; versions: Written[] } | null {
    const now = store.read(kind, id)
    if (!now || !freeTextFields(kind).includes(field)) return null
    let folded: Entity | undefined
    const versions: Written[] = []
    const lost = new Set<string>()
    const take = (op: Op, after: Entity | undefined, by: string, at: number, pending: boolean) => {
      const said = folded ? op.body[field] : (after?.state as Record<string, unknown> | undefined)?.[field]
      if (typeof said === 'string') versions.push({ opId: op.opId, text: said, by, at, pending, overtaken: false, written: op.body })
      for (const one of newlyOvertaken(folded, after)) if (one.field === field) lost.add(one.opId)
      folded = after
    }
    for (const row of accepted.iterate(now.scope, id)) {
      const parsed = parseOp(row.bytes)
      if (!parsed.ok || parsed.op.entity.id !== id || parsed.op.entity.kind !== kind) continue
      const record = recordOfRow(row)
      take(parsed.op, step(folded, parsed.op, appliedFromRecord(record, parsed.op)), record.actor, record.hubTime, false)
    }
    const me = store.meta.read('memberId') ?? ''
    for (const { bytes, made_at } of waiting.all(kind, id)) {
      const parsed = parseOp(bytes)
      if (parsed.ok) take(parsed.op, step(folded, parsed.op, appliedPending(parsed.op, me)), me, made_at, true)
    }
    // A device that began from a snapshot has no log before it; superseded texts until then are part of the entity.
    const known = new Set(versions.map(({ opId }) => opId))
    for (const { field: of, value, actor, at, opId } of now.superseded) {
      if (of === field && typeof value === 'string' && value !== '' && !known.has(opId))
        versions.push({ opId, text: value, by: actor, at, pending: false, overtaken: true, written: supersededWith(now, opId) })
    }
    const told = versions.map((version) => ({ ...version, overtaken: version.overtaken || lost.has(version.opId) }))
    return { entity: now, versions: told.toSorted((a, b) => b.at - a.at) }
  }

  return {
    'texts.versions': ({ incidentId, ...of }) => {
      const found = writings(of)
      if (found?.entity.scope !== (incidentId === null ? TEAM_SCOPE : incidentScope(incidentId))) return fail('not-found')
      const names = memberNames(context)
      const { entity, versions } = found
      const stands = entity.stamps[of.field]?.opId ?? versions.at(-1)?.opId
      return done(
        versions.map(({ by, written: _written, ...version }): TextVersion => ({
          ...version,
          byName: names(by),
          current: version.opId === stands,
        })),
      )
    },

    'texts.restore': ({ opId, ...of }) => {
      const found = writings(of)
      const version = found?.versions.find((one) => one.opId === opId)
      const op = found && version ? restoringOp(found.entity, of.field, version.text, version.written) : null
      if (!found || !version || !op) return fail('not-found')
      const { entity } = found
      const incidentId = incidentOfScope(entity.scope)
      const before = (entity.state as Record<string, unknown>)[of.field]
      const params = {
        fields: of.field,
        ...(of.field === 'known' ? { known: version.text, before: typeof before === 'string' ? before : '' } : {}),
      }
      const note =
        of.kind === 'incident' && incidentId !== null ? [noteDraft(incidentId, context.uuid(), context.now(), 'revised', params)] : []
      const written = write(context, [{ scope: entity.scope, kind: of.kind, id: of.id, ...op }, ...note])
      return written.ok ? done(null) : written
    },
  }
}
