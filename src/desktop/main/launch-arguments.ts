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
 * Reads the command line of a start, or of a second start that hands its own to the first. Anybody on this machine can write
 * it, so that only two options are known, each checked by itself, and the rest is passed over without a word:
 * `--data DIR` and `--incident ID`, also with `=`. The first of each counts.
 * @param argv everything after the program
 * @param workingFolder where a relative DIR starts from
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
