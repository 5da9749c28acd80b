import type { IncidentView } from '#contract/incident-api.ts'
import type { MemberRole } from '#domain/members/member.ts'
import { WaitingList } from '#features/incidents'
import type { ComponentType } from 'react'
import { Briefs } from './Briefs.tsx'
import { Figures } from './Figures.tsx'
import { Situation } from './Situation.tsx'
import { ToDecide } from './ToDecide.tsx'

/** A part of a home page; it is given the open real incidents, the most urgent first. */
export type HomeCard = { id: string; Card: ComponentType<{ incidents: readonly IncidentView[] }>; half?: boolean }

const waiting: HomeCard = { id: 'waiting', Card: WaitingList }
const briefs: HomeCard = { id: 'briefs', Card: Briefs }

/** What each role sees first, in order. A role that is not named has the desk itself. */
export const HOMES: Partial<Record<MemberRole, readonly HomeCard[]>> = {
  executive: [
    { id: 'figures', Card: Figures },
    { id: 'situation', Card: Situation, half: true },
    { id: 'decide', Card: ToDecide, half: true },
  ],
  pr: [waiting, briefs],
  legal: [waiting, briefs],
  'call-center': [waiting, briefs],
}
