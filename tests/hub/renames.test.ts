import { describe, expect, test } from 'vitest'
import { ANN, BEN, idOf, joinText, opText } from '#tests/support/log-texts.ts'
import { ENGINES, openLog, titleOf } from './open-log.ts'

const CARA = idOf(0xc)

for (const { engine, missing } of ENGINES) {
  describe.skipIf(missing !== null)(titleOf(engine, missing), () => {
    test('nobody takes the name of another active member; owners may give it', async () => {
      const log = await openLog(engine)
      await log.submit(joinText(CARA, '卡 拉', 'legal'), CARA, { kind: 'invited', role: 'legal' })
      const rename = async (id: string, name: string, actor: string) => {
        const text = opText({ type: 'member.change', kind: 'member', id, body: { name }, replicaId: actor })
        const { outcome } = await log.submit(text, actor)
        return outcome.kind === 'accepted' ? null : outcome.code
      }
      expect(await rename(BEN, '卡拉', BEN)).toBe('name-taken')
      expect(await rename(BEN, '本尼', BEN)).toBeNull()
      expect(await rename(CARA, '卡拉', CARA)).toBeNull()
      expect(await rename(BEN, '卡拉', ANN)).toBeNull()
    })
  })
}
