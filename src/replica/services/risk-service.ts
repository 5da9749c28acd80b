import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { isShare } from '#domain/series/guess-reading.ts'
import { assessRisk } from '#domain/risk/risk.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { RiskView } from '#contract/risk-api.ts'
import type { Draft } from '../store/replica-store.ts'
import { levelDrafts } from './command-service.ts'
import type { RiskReader } from './risk-reader.ts'
import type { SeriesReader } from './series-reader.ts'
import { memberNames, pendingIds, write, type ServiceContext } from '../context/service-context.ts'
import { systemNote } from '../context/system-notes.ts'

export type RiskHandlers = Pick<ApiHandlers, 'risk.get' | 'risk.assess' | 'risk.judgeSuggestion' | 'risk.enterNumber' | 'risk.reviseSeries'>

/** The risk picture: what the numbers say, what people made of it, and turning points to confirm or refuse (AN-01…AN-11). */
export function riskService(context: ServiceContext, reader: RiskReader, series: SeriesReader): RiskHandlers {
  const isPending = pendingIds(context, 'assessment')

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

  return {
    'risk.get': ({ incidentId }) => view(incidentId),

    'risk.assess': ({ incidentId, inputs, verdict, reason }) => {
      const incident = INCIDENT.read(context.store, incidentId)
      if (!incident) return fail('not-found')
      const { weights } = reader.read(incidentId)
      const assessment = assessRisk(inputs, weights)
      if (!assessment) return fail('mapping-incomplete', { field: 'inputs' })
      const { composite, suggestedLevel } = assessment
      const drafts: Draft[] = [
        {
          scope: incident.scope,
          kind: 'assessment',
          id: context.uuid(),
          type: 'assessment.record',
          body: { inputs, weights, composite, suggestedLevel, verdict, reason },
        },
        systemNote(incidentId, context.uuid(), context.now(), 'risk-assessed', { composite, suggestedLevel, verdict, reason }, [0]),
      ]
      if (verdict === 'confirmed' && suggestedLevel !== incident.state.level) {
        const change = levelDrafts(context, incident, suggestedLevel, reason === '' ? `${composite}/5` : reason)
        drafts.push(...change.map((draft) => ({ ...draft, after: (draft.after ?? []).map((index) => index + 2) })))
      }
      const written = write(context, drafts)
      return written.ok ? view(incidentId) : written
    },

    'risk.judgeSuggestion': ({ incidentId, seriesId, kind, at, confirmed, text }) => {
      const scope = incidentScope(incidentId)
      const draft: Draft = confirmed
        ? {
            scope,
            kind: 'entry',
            id: context.uuid(),
            type: 'entry.record',
            body: { kind: 'turning-point', text, happenedAt: at, turningPoint: kind },
          }
        : {
            scope,
            kind: 'dismissed-suggestion',
            id: context.uuid(),
            type: 'suggestion.dismiss',
            body: { kind, at, seriesId, reason: text },
          }
      const written = write(context, [draft])
      return written.ok ? view(incidentId) : written
    },

    'risk.enterNumber': ({ incidentId, series: target, at, value }) => {
      const scope = incidentScope(incidentId)
      const into = 'seriesId' in target ? series.find(incidentId, target.seriesId)?.series : target
      if (!into) return fail('not-found')
      if (isShare(into) && (value < 0 || value > 100)) return fail('share-out-of-range', { value })
      const drafts: Draft[] = []
      let seriesId: string
      if ('seriesId' in target) seriesId = target.seriesId
      else {
        seriesId = context.uuid()
        drafts.push({ scope, kind: 'series', id: seriesId, type: 'series.create', body: { ...target } })
      }
      drafts.push({
        scope,
        kind: 'points',
        id: context.uuid(),
        type: 'series.add-points',
        body: { seriesId, points: [[at ?? context.now(), value]] },
        ...(drafts.length > 0 ? { after: [0] } : {}),
      })
      const written = write(context, drafts)
      if (!written.ok) return written
      const found = series.find(incidentId, seriesId)
      return found ? done(found.series) : fail('not-found')
    },

    'risk.reviseSeries': ({ incidentId, seriesId, ...change }) => {
      if (!series.find(incidentId, seriesId)) return fail('not-found')
      const written = write(context, [
        { scope: incidentScope(incidentId), kind: 'series', id: seriesId, type: 'series.revise', body: change },
      ])
      if (!written.ok) return written
      const found = series.find(incidentId, seriesId)
      return found ? done(found.series) : fail('not-found')
    },
  }
}
