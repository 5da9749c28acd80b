import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openHub } from '#hub/open-hub.ts'
import { createTimers } from '#hub/timers/timers.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { ANN, declareText, joinText, sha256 } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const HOUR = 3_600_000

test('a timer that always fails does not keep those due after it from firing, and is reported', async () => {
  const clock = createFakeClock()
  const opened = openHub(join(makeTempFolder('timers-failing', 'quick'), 'hub.db'), true, clock.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const { hub } = opened
  onTestFinished(() => hub.close())
  const timers = createTimers(hub, { now: clock.now, sha256, onFired: () => undefined, onDelay: () => undefined })
  // Level II has no bulletins, so that only clocks have timers.
  await hub.log.submit([joinText(ANN, '安', 'commander'), declareText(undefined, { level: 2 })], { memberId: ANN, admission: null })
  const states = () => hub.database.kysely.selectFrom('timer').select(['rule', 'about', 'fired_at']).orderBy('due_at').execute()
  const [first] = await states()
  clock.advance(100 * HOUR)
  hub.db.exec(
    `CREATE TEMP TRIGGER breaks BEFORE UPDATE OF fired_at ON timer WHEN NEW.rule = '${first?.rule}' AND NEW.about = '${first?.about}' AND NEW.fired_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'never fires'); END`,
  )
  for (let again = 0; again < 2; again++) {
    await expect(timers.fireDue()).rejects.toThrow('never fires')
    const fired = (await states()).map(({ fired_at: at }) => at !== null)
    expect(fired).toEqual(fired.map((_one, index) => index > 0))
    expect(fired.length).toBeGreaterThan(1)
  }
  hub.db.exec('DROP TRIGGER breaks')
  await timers.fireDue()
  expect((await states()).every(({ fired_at: at }) => at !== null)).toBe(true)
})
