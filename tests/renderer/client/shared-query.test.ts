import { refreshChanged } from '#client/refresh-changed.ts'
import { readOptions } from '#client/use-read.ts'
import type { RiskView } from '#contract/risk-api.ts'
import { declareIncident, openReadyWorkspace } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, onTestFinished, test } from 'vitest'

test('a confirmed turning point reaches every screen that shows the risk, whichever was opened last', async () => {
  const under = await openReadyWorkspace(makeTempFolder('shared-query', 'quick'))
  const incidentId = await declareIncident(under)
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } } })
  onTestFinished(() => queries.clear())
  onTestFinished(under.workspace.watch((topics) => refreshChanged(queries, topics)))

  /** A screen that shows the risk: the risk page, the room's summary, the printout. */
  const openScreen = () => {
    const observer = new QueryObserver(queries, readOptions(under, 'risk.get', { incidentId }))
    const until = (holds: (risk: RiskView) => boolean) =>
      new Promise<RiskView>((resolve) => {
        const look = ({ data }: { data: RiskView | undefined }) => data && holds(data) && resolve(data)
        onTestFinished(observer.subscribe(look))
        look(observer.getCurrentResult())
      })
    return { until }
  }
  const screens = [openScreen(), openScreen(), openScreen()]
  await Promise.all(screens.map(({ until }) => until(({ turningPoints }) => turningPoints.length === 0)))

  await under.value('timeline.record', { incidentId, kind: 'turning-point', text: '官媒转载', turningPoint: 'acceleration' })
  const shown = await Promise.all(screens.map(({ until }) => until(({ turningPoints }) => turningPoints.length > 0)))
  expect(shown.map(({ turningPoints }) => turningPoints.map(({ text }) => text))).toEqual([['官媒转载'], ['官媒转载'], ['官媒转载']])
})
