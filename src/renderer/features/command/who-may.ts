import type { IncidentView } from '#contract/incident-api.ts'
import type { MemberView } from '#contract/station-api.ts'
import { useActGate } from '#ui/ActGate.tsx'
import { useRead } from '#client/use-read.ts'
import { useTranslation } from 'react-i18next'

/** Whether a member may command this incident: its commander, or any member whose role is commander. */
export function mayCommand(incident: Pick<IncidentView, 'commander'>, me: MemberView | null | undefined): boolean {
  return me !== null && me !== undefined && (incident.commander === me.id || me.role === 'commander')
}

/** Why a command act is barred, naming who may do it instead, or null. `whenClosed`: the act also works on a closed incident. */
export function useCommandBar(incident: IncidentView, { whenClosed = false }: { whenClosed?: boolean } = {}): string | null {
  const { t } = useTranslation('command')
  const gate = useActGate()
  const me = useRead('station.status', {}, ['station']).data?.me
  if (gate !== null) return gate
  if (!mayCommand(incident, me)) return t('onlyCommander', { name: incident.commanderName })
  return incident.status === 'closed' && !whenClosed ? t('closed') : null
}
