import { SingleBar } from 'cli-progress'
import type { Terminal } from './terminal.ts'

export type Progress = { show(phase: string, fraction: number, rows: number): void; end(): void }

/** A progress bar on standard error, only if it is a terminal. */
export function openProgress(terminal: Terminal, wanted: boolean): Progress {
  if (!wanted || !terminal.watched) return { show: () => {}, end: () => {} }
  const bar = new SingleBar({
    stream: terminal.watched,
    format: '{phase} [{bar}] {percentage}% · {rows}',
    clearOnComplete: true,
    hideCursor: true,
    barsize: 30,
  })
  let started = false
  return {
    show(phase, fraction, rows) {
      const percent = Math.round(fraction * 100)
      if (started) bar.update(percent, { phase, rows })
      else bar.start(100, percent, { phase, rows })
      started = true
    },
    end() {
      if (started) bar.stop()
    },
  }
}
