import { useApiClient } from '#client/api-context.tsx'
import { downloadExport } from '#client/download.ts'
import type { Failure } from '#contract/failures.ts'
import { useState } from 'react'

/** Exports everything readable from a database to a file. */
export function useExportReadable(): { run: () => Promise<void>; busy: boolean; refused: Failure | null } {
  const client = useApiClient()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Failure | null>(null)
  const run = async () => {
    setBusy(true)
    const made = await client.call('workspace.exportReadable', {})
    const result = made.ok ? await downloadExport(client, made.value) : made
    setRefused(result.ok ? null : result.failure)
    setBusy(false)
  }
  return { run, busy, refused }
}
