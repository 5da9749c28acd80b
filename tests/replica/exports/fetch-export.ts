import { expect } from 'vitest'
import type { CallInput } from '#contract/api.ts'
import type { ExportFormat } from '#contract/file-api.ts'
import type { WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'

/** Starts an export, reads it to the end as a screen does, and discards it. */
export async function fetchExport(
  under: WorkspaceUnderTest,
  incidentId: string,
  format: ExportFormat,
  more: Partial<CallInput<'exports.make'>> = {},
): Promise<{ bytes: Buffer; fileName: string }> {
  const made = await under.value('exports.make', { incidentId, format, language: 'zh-Hans', zone: 'Asia/Shanghai', ...more })
  const pieces: Uint8Array[] = []
  for (let offset = 0; offset < made.size;) {
    const { bytes } = await under.value('exports.read', { exportId: made.exportId, offset })
    pieces.push(bytes)
    offset += bytes.length
  }
  await under.value('exports.forget', { exportId: made.exportId })
  const bytes = Buffer.concat(pieces)
  expect(bytes).toHaveLength(made.size)
  return { bytes, fileName: made.fileName }
}
