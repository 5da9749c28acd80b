import { ASSESSMENT } from '#domain/risk/assessment-ops.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import type { Command } from '#domain/commands/command.ts'
import { judgeSuggestion, recordAssessment } from '#domain/commands/risk-commands.ts'
import { enterNumbers, reviseSeries, type SeriesTarget } from '#domain/commands/series-commands.ts'
import { assessRisk } from '#domain/risk/risk.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { SeriesView } from '#contract/incident-api.ts'
import type { RiskView } from '#contract/risk-api.ts'
import type { RiskReader } from './risk-reader.ts'
import type { SeriesReader } from './series-reader.ts'
import { runCommand } from '../context/run-command.ts'
import { memberNames, pendingIds, type ServiceContext } from '../context/service-context.ts'

export type RiskHandlers = Pick<ApiHandlers, 'risk.get' | 'risk.assess' | 'risk.judgeSuggestion' | 'risk.enterNumber' | 'risk.reviseSeries'>

/** Risk: what the numbers say, how people assessed it, and turning points to confirm or refuse (AN-01…AN-11). */
export function riskService(context: ServiceContext, reader: RiskReader, series: SeriesReader): RiskHandlers {
  const isPending = pendingIds(context, ASSESSMENT.kind)

  function view(incidentId: string): Result<RiskView> {
    if (!INCIDENT.read(context.store, incidentId)) return fail('not-found')
    const names = memberNames(context)
    const found = reader.read(incidentId)
    return done({
      ...found,
      assessment: assessRisk(found.inputs, found.weights),
      history: reader.history(incidentId).map(({ id, state }) => ({ ...state, id, byName: names(state.by), pending: isPending(id) })),
      turningPoints: reader.confirmed(incidentId),
      suggestions: reader.suggestions(incidentId),
    })
  }

  /** Runs a command on the risk and returns the risk after it. */
  function act<Input extends { incidentId: string }>(command: Command<Input>, input: Input): Result<RiskView> {
    const written = runCommand(context, command, input)
    return written.ok ? view(input.incidentId) : written
  }

  /** Runs a command on a series and returns the series after it. */
  function onSeries<Input extends { incidentId: string; seriesId: string }>(command: Command<Input>, input: Input): Result<SeriesView> {
    const written = runCommand(context, command, input)
    if (!written.ok) return written
    const found = series.find(input.incidentId, input.seriesId)
    return found ? done(found.series) : fail('not-found')
  }

  return {
    'risk.get': ({ incidentId }) => view(incidentId),

    'risk.assess': (input) => act(recordAssessment, { ...input, assessmentId: context.uuid() }),
    'risk.judgeSuggestion': (input) => act(judgeSuggestion, { ...input, id: context.uuid() }),

    'risk.enterNumber': ({ incidentId, series: target, at, value }) => {
      const into: SeriesTarget = 'seriesId' in target ? target : { seriesId: context.uuid(), make: target }
      const points: [number | null, number][] = [[at ?? null, value]]
      return onSeries(enterNumbers, { incidentId, seriesId: into.seriesId, pointsId: context.uuid(), into, points })
    },

    'risk.reviseSeries': ({ incidentId, seriesId, ...change }) => {
      if (!series.find(incidentId, seriesId)) return fail('not-found')
      return onSeries(reviseSeries, { incidentId, seriesId, change })
    },
  }
}
