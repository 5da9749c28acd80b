import { join } from 'node:path'
import { sql } from 'kysely'
import { onTestFinished } from 'vitest'
import type { Admission } from '#domain/members/admission.ts'
import type { LogRecord } from '#domain/log/record.ts'
import { openHub, type Hub } from '#hub/open-hub.ts'
import { openPostgresHub } from '#hub/open-postgres-hub.ts'
import { createFakeClock, type FakeClock } from '#tests/support/fake-clock.ts'
import { ANN, BEN, joinText } from '#tests/support/log-texts.ts'
import { makePostgresDatabase, whyNoPostgres } from '#tests/support/postgres.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { PATIENT } from './nodes/open-node.ts'

/** Both database engines of the hub, with the reason why one cannot be tested here. */
export const ENGINES = [
  { engine: 'sqlite', missing: null },
  { engine: 'postgres', missing: whyNoPostgres() },
] as const
export type EngineName = (typeof ENGINES)[number]['engine']

export const titleOf = (engine: string, missing: string | null) => `${engine}${missing === null ? '' : ` (skipped: ${missing})`}`

export type LogUnderTest = {
  hub: Hub
  clock: FakeClock
  submit(text: string, memberId?: string, admission?: Admission): Promise<LogRecord>
  submitAll(texts: readonly string[], memberId?: string): Promise<LogRecord[]>
  /** Runs a statement directly on the database, past the hub. */
  run(statement: string): Promise<unknown>
}

/** Opens nodes of one hub: several on one PostgreSQL, or several openings of one file, like the app and the command line. */
export async function openNodes(engine: EngineName, count: number, clock = createFakeClock()): Promise<Hub[]> {
  const hubs: Hub[] = []
  if (engine === 'sqlite') {
    const file = join(makeTempFolder('hub', 'quick'), 'hub.db')
    for (let node = 0; node < count; node++) {
      const opened = openHub(file, true, clock.now)
      if (!opened.ok) throw new Error(opened.trouble.detail)
      hubs.push(opened.hub)
    }
  } else {
    const { url } = await makePostgresDatabase()
    for (let node = 0; node < count; node++) {
      const opened = await openPostgresHub({ url, connections: 4, onConnectionLost: () => undefined, limits: PATIENT }, clock.now)
      if (!opened.ok) throw new Error(JSON.stringify(opened.trouble))
      hubs.push(opened.hub)
    }
  }
  onTestFinished(async () => {
    for (const hub of hubs) await hub.close()
  })
  return hubs
}

/** A log of a team of two: 安 is commander, 本 is in PR. */
export async function openLog(engine: EngineName): Promise<LogUnderTest> {
  const clock = createFakeClock()
  const [hub] = await openNodes(engine, 1, clock)
  if (!hub) throw new Error('no hub')
  const submitAll = async (texts: readonly string[], memberId = ANN, admission: Admission = null) =>
    (await hub.log.submit(texts, { memberId, admission })).records
  const submit = async (text: string, memberId = ANN, admission: Admission = null) => {
    const [record] = await submitAll([text], memberId, admission)
    if (!record) throw new Error('no record')
    return record
  }
  await submit(joinText(ANN, '安', 'commander'))
  await submit(joinText(BEN, '本'), BEN, { kind: 'invited', role: 'pr' })
  return { hub, clock, submit, submitAll, run: (statement) => sql.raw(statement).execute(hub.database.kysely) }
}
