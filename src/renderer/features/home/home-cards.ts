import type { IncidentView } from '#contract/incident-api.ts'
import type { MemberRole } from '#domain/members/member.ts'
import { StillToRead } from '#features/agents'
import { WaitingList } from '#features/incidents'
import type { ComponentType } from 'react'
import { BulletinStandings } from '#features/bulletins'
import { Briefs } from './Briefs.tsx'
import { Figures } from './Figures.tsx'
import { Situation } from './Situation.tsx'
import { ToDecide } from './ToDecide.tsx'

/** A section of a home page; it receives the open real incidents, and with `drills` the drills too, the most urgent first. */
export type HomeCard = { id: string; Card: ComponentType<{ incidents: readonly IncidentView[] }>; drills?: boolean; half?: boolean }

const waiting: HomeCard = { id: 'waiting', Card: WaitingList, drills: true }
const bulletins: HomeCard = { id: 'bulletins', Card: BulletinStandings, drills: true }
const briefs: HomeCard = { id: 'briefs', Card: Briefs, drills: true }

/** The home page of each role, in order of display. A role that is not listed gets the dashboard. */
export const HOMES: Partial<Record<MemberRole, readonly HomeCard[]>> = {
  executive: [
    { id: 'figures', Card: Figures },
    { id: 'situation', Card: Situation, half: true },
    { id: 'decide', Card: ToDecide, half: true },
  ],
  pr: [waiting, briefs],
  legal: [waiting, briefs],
  'call-center': [waiting, bulletins, { id: 'reading', Card: StillToRead, drills: true }, briefs],
}
