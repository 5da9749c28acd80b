import { parseOp, type Op } from '#domain/log/op.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import { redoneBody } from '#domain/redo-op.ts'
import { restoringOp } from '#domain/texts/free-texts.ts'
import { maskValues } from '#domain/privacy/mask-values.ts'
import type { Replica } from '#replica/open-replica.ts'
import type { Draft } from '#replica/store/replica-store.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { AttentionItem } from '#contract/workspace-api.ts'

type Row = { op_id: string; scope: string; bytes: string; code: string; params: string; at: number }

const SHOWN = 500

function rowsOf(replica: Replica): (Row & { op: Op | null })[] {
  return replica.db
    .prepare<[number], Row>('SELECT * FROM attention ORDER BY at DESC, op_id DESC LIMIT ?')
    .all(SHOWN)
    .map((row) => {
      const parsed = parseOp(row.bytes)
      return { ...row, op: parsed.ok ? parsed.op : null }
    })
}

/** The op with which each was rejected: the first unaccepted op that it depends on, followed to the end. */
function leaders(rows: readonly { op_id: string; op: Op | null }[]): (opId: string) => string {
  const after = new Map(rows.map((row) => [row.op_id, row.op?.after ?? []]))
  return (opId) => {
    const passed = new Set<string>()
    let leader = opId
    for (;;) {
      passed.add(leader)
      const next = after.get(leader)?.find((one) => after.has(one) && !passed.has(one))
      if (next === undefined) return leader
      leader = next
    }
  }
}

const asWritten = (a: Op, b: Op): number => (a.hlc === b.hlc ? a.counter - b.counter : a.hlc < b.hlc ? -1 : 1)

/** Code of an accepted text that another member overwrote unseen. */
const OVERTAKEN = 'text-overtaken'

function textOf(body: Record<string, unknown>, field: string): string {
  const content = body['content']
  const text = body[field] ?? (typeof content === 'object' && content !== null ? (content as Record<string, unknown>)[field] : undefined)
  return typeof text === 'string' ? text : JSON.stringify(body)
}

/** Rejected and overwritten ops of this member, with the text that would otherwise be lost; dependent ops name the one they followed. */
export function attentionItems(replica: Replica): AttentionItem[] {
  const rows = rowsOf(replica)
  const leaderOf = leaders(rows)
  const nameOf = (id: unknown) => MEMBER.read(replica.store, String(id))?.state.name ?? ''
  return rows.map((row) => {
    const body = maskValues(row.op?.body ?? {})
    const params = JSON.parse(row.params) as Record<string, string | number>
    return {
      opId: row.op_id,
      scope: row.scope,
      type: row.op?.type ?? '',
      at: row.at,
      code: row.code,
      params: row.code === OVERTAKEN ? { ...params, byName: nameOf(params['by']) } : params,
      text: textOf(body, row.code === OVERTAKEN ? String(params['field'] ?? '') : 'text'),
      group: leaderOf(row.op_id),
    }
  })
}

/** The member has seen a rejection and discards its text. */
export function dismissAttention(replica: Replica, opId: string): void {
  replica.db.prepare('DELETE FROM attention WHERE op_id = ?').run(opId)
}

/**
 * Writes a rejected op and its dependents again, as new ops on the current version. All of them or none; an op that is refused
 * again stays in the list, with the new reason.
 * @param uuid makes the id of an entity that could not be created under its old one
 */
export function redoAttention(replica: Replica, opId: string, uuid: () => string): Result<{ redone: number }> {
  const rows = rowsOf(replica)
  const leaderOf = leaders(rows)
  const leader = leaderOf(opId)
  const group = rows
    .flatMap(({ op, code, op_id, params }) => (op && leaderOf(op_id) === leader ? [{ op, code, params }] : []))
    .toSorted((a, b) => asWritten(a.op, b.op))
  if (!group.some(({ op }) => op.opId === opId)) return fail('not-found')
  const places = new Map(group.map(({ op }, index) => [op.opId, index]))
  const renamed = new Map(group.flatMap(({ op, code }) => (code === 'already-exists' ? [[op.entity.id, uuid()] as const] : [])))
  const drafts = group.map(({ op, code, params }): Draft => {
    const id = renamed.get(op.entity.id) ?? op.entity.id
    const after = (op.after ?? []).flatMap((one) => places.get(one) ?? [])
    const now = replica.store.read(op.entity.kind, id)
    const { field } = JSON.parse(params) as { field?: unknown }
    // Of an overwritten op only the text is restored: its other fields may have been changed on purpose.
    const restored =
      code === OVERTAKEN && now && typeof field === 'string' ? restoringOp(now, field, textOf(op.body, field), op.body) : null
    const { type, version = 1, body } = restored ?? { type: op.type, version: op.version, body: redoneBody(op, now) }
    return { scope: op.scope, kind: op.entity.kind, id, type, version, body, ...(after.length > 0 ? { after } : {}) }
  })
  return replica.db
    .transaction((): Result<{ redone: number }> => {
      const written = replica.store.commit(drafts)
      if (!written.ok) return written
      for (const { op } of group) dismissAttention(replica, op.opId)
      return done({ redone: group.length })
    })
    .immediate()
}
