import type { ImportCheck } from '#contract/import-api.ts'
import { readerOf, readRows, reportJob, type Job, type JobParts } from './import-job.ts'
import { seriesFigures } from './series-figures.ts'

const SHOWN_REFUSED = 200
const KEPT_REFUSED = 10_000
const PREVIEW = 20

/** Reads the whole file and writes nothing: what the import would bring, and which rows it would refuse. */
export async function checkImport(parts: JobParts, job: Job): Promise<void> {
  const check: ImportCheck = { good: 0, refused: 0, refusedRows: [], preview: [], series: [] }
  const figures = job.plan.target === 'numbers' ? seriesFigures(job.plan.mapping) : null
  const reader = readerOf(job)
  const finished = await readRows(parts, job, (row) => {
    const meaning = reader.read(row)
    if (!meaning.ok) {
      check.refused += 1
      const refused = { line: row.line, ...meaning.problem, cells: [...(row.cells ?? [])].map((cell) => cell.slice(0, 200)) }
      if (check.refusedRows.length < SHOWN_REFUSED) check.refusedRows.push(refused)
      if (job.refusedAll.length < KEPT_REFUSED) job.refusedAll.push(refused)
      return null
    }
    check.good += 1
    const { value } = meaning
    if ('values' in value) figures?.add(value)
    if (check.preview.length >= PREVIEW) return null
    if ('text' in value) check.preview.push({ line: row.line, happenedAt: value.happenedAt, text: value.text, kind: value.kind })
    else check.preview.push({ line: row.line, happenedAt: value.at, text: '', values: value.values })
    return null
  })
  if (!finished) return
  check.series = figures?.figures() ?? []
  job.check = check
  job.fraction = 1
  job.phase = 'checked'
  reportJob(parts.context, job)
}
