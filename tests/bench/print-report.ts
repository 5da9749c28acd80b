import { isMet, ratioOf, type Figure } from './benchmark.ts'
import type { MachineFacts } from './machine-facts.ts'

export type Report = { name: string; about: string; runs: number; figures: Figure[] }

function short(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function goalOf({ goal, more, unit }: Figure): string {
  if (!goal) return ''
  return `${more ? '≥' : '≤'} ${goal.limit}${goal.of === 'ratio' ? '×' : ` ${unit}`}`
}

function cellsOf(figure: Figure): string[] {
  const ratio = ratioOf(figure)
  const met = isMet(figure)
  return [
    figure.name,
    `${short(figure.value)} ${figure.unit}`,
    figure.baseline ? `${figure.baseline.name}: ${short(figure.baseline.value)}` : '',
    ratio === null ? '' : `${short(ratio)}×`,
    goalOf(figure),
    met === null ? '' : met ? 'met' : 'NOT MET',
  ]
}

export function printFacts(facts: MachineFacts): void {
  console.log(
    `node ${facts.node}, ${facts.platform}, ${facts.cores} cores (${facts.processor}), ${facts.memoryGb} GB, load ${short(facts.load)}; ` +
      `4 KB write + fdatasync p50 ${short(facts.fdatasync.p50)} ms, p99 ${short(facts.fdatasync.p99)} ms`,
  )
}

/** Prints a table of the figures, the worst of all runs. */
export function printReport({ name, about, runs, figures }: Report): void {
  const rows = [['figure', `worst of ${runs}`, 'baseline', 'ratio', 'goal', ''], ...figures.map(cellsOf)]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  console.log(`\n${name}: ${about}`)
  for (const row of rows) console.log(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
}

/** The figures with ratio and verdict, for the JSON document. */
export function withVerdicts(report: Report) {
  return { ...report, figures: report.figures.map((figure) => ({ ...figure, ratio: ratioOf(figure), met: isMet(figure) })) }
}
