import { useRead } from '#client/use-read.ts'
import type { EvidenceAvailability } from '#contract/file-api.ts'
import type { Evidence } from '#domain/timeline/entry.ts'
import { useEffect } from 'react'
import { evidenceLocation } from './evidence-location.ts'

/** Poll interval during a transfer, in milliseconds: its pieces are not announced one by one. */
const LOOK_MS = 1500

/** The location of each file; undefined without a hub, when files can only be here. */
export function useEvidenceAvailability(
  incidentId: string,
  files: readonly Evidence[],
): Readonly<Record<string, EvidenceAvailability>> | undefined {
  const inTeam = useRead('membership.state', {}).data?.kind
  const hashes = [...new Set(files.map(({ hash }) => hash))].slice(0, 200)
  const { data, readAgain } = useRead(
    'evidence.availability',
    inTeam === undefined || inTeam === 'alone' || hashes.length === 0 ? null : { hashes },
  )
  const underWay = data !== undefined && Object.values(data).some((one) => evidenceLocation(one).fraction !== null)
  useEffect(() => {
    if (!underWay) return undefined
    const timer = setInterval(readAgain, LOOK_MS)
    return () => clearInterval(timer)
    // oxlint-disable-next-line react/exhaustive-deps -- reading again is the same whenever it is called; only whether there is something to look at matters
  }, [underWay])
  return data
}
