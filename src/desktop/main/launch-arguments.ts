import { resolve } from 'node:path'
import { z } from 'zod'

export type LaunchArguments = {
  /** Folder of the data, absolute, or null for the usual one. */
  dataFolder: string | null
  /** Incident to show first. */
  incidentId: string | null
}

const LONGEST_PATH = 1000

/**
 * Parses the command line of a start, or of a second start that hands its own to the first. Any user of this machine can write
 * it, so only two options are accepted, each validated, and the rest is ignored:
 * `--data DIR` and `--incident ID`, also with `=`. The first of each counts.
 * @param argv everything after the program
 * @param workingFolder base of a relative DIR
 */
export function parseLaunchArguments(argv: readonly string[], workingFolder: string): LaunchArguments {
  const folder = optionOf(argv, '--data')
  const incidentId = z.uuid().safeParse(optionOf(argv, '--incident'))
  return {
    dataFolder: folder !== null && isPath(folder) ? resolve(workingFolder, folder) : null,
    incidentId: incidentId.success ? incidentId.data : null,
  }
}

/** Whether a start asks for the demo: `--demo`. */
export function asksForDemo(argv: readonly string[]): boolean {
  return argv.includes('--demo')
}

/** What a second start hands to the first; anything in it may be forged. */
const SecondStart = z.object({ argv: z.array(z.string().max(LONGEST_PATH)).max(50) })

/** The incident a second start asks for, or null. */
export function incidentOfSecondStart(handedOver: unknown): string | null {
  const start = SecondStart.safeParse(handedOver)
  return start.success ? parseLaunchArguments(start.data.argv, '/').incidentId : null
}

function optionOf(argv: readonly string[], name: string): string | null {
  for (const [index, argument] of argv.entries()) {
    if (argument === name) return argv[index + 1] ?? null
    if (argument.startsWith(`${name}=`)) return argument.slice(name.length + 1)
  }
  return null
}

function isPath(text: string): boolean {
  return text !== '' && text.length <= LONGEST_PATH && !text.startsWith('-') && !text.includes('\0')
}
