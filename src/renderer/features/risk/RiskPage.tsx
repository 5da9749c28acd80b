import { useParams } from 'react-router'

/** The risk of an incident as a whole page. */
export function RiskPage() {
  const { incidentId = '' } = useParams()
  return <section data-incident={incidentId} />
}
