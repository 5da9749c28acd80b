import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { openBareFile } from './bare-disk.ts'
import { percentile, timeEach } from './percentiles.ts'

export type MachineFacts = {
  node: string
  platform: string
  cores: number
  processor: string
  memoryGb: number
  /** Load average of the last minute before the measurements. */
  load: number
  /** Milliseconds of a bare 4 KB write + fdatasync on the measured disk. */
  fdatasync: { p50: number; p99: number }
}

/** Facts about the machine, needed to interpret every figure. */
export function machineFacts(folder: string): MachineFacts {
  const file = openBareFile(folder)
  const sample = timeEach(500, () => file.writeAndSync())
  file.close()
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? '',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: loadavg()[0] ?? 0,
    fdatasync: { p50: percentile(sample, 0.5), p99: percentile(sample, 0.99) },
  }
}
