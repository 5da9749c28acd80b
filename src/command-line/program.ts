import { Command, CommanderError } from 'commander'
import { addDeclare } from './declare.ts'
import { EXIT, EXIT_MEANINGS, failed } from './exit-codes.ts'
import { addExport } from './export-incident.ts'
import { addHub } from './hub.ts'
import { addImport } from './import-file.ts'
import { addInit } from './initialize.ts'
import { addJoin } from './join-team.ts'
import { addIncidents } from './list-incidents.ts'
import { addStart } from './open-app.ts'
import { report, type Outcome } from './outcome.ts'
import { addSearch } from './search.ts'
import type { Session, Surroundings } from './session.ts'
import { OutputClosed } from './terminal.ts'
import { addVerify } from './verify.ts'
import { addWording } from './wording.ts'
import type { Words } from './words.ts'

const HEADINGS: Record<string, string> = {
  'Usage:': 'help.usage',
  'Options:': 'help.options',
  'Commands:': 'help.commands',
  'Arguments:': 'help.arguments',
}

const MISTAKES: Record<string, string> = {
  'commander.unknownOption': 'unknown-option',
  'commander.missingArgument': 'missing-argument',
  'commander.optionMissingArgument': 'missing-value',
  'commander.missingMandatoryOptionValue': 'missing-option',
  'commander.excessArguments': 'too-many',
  'commander.unknownCommand': 'unknown-command',
  'commander.invalidArgument': 'bad-value',
}

/** Describes a usage error in the user's language. Commander quotes the wrong parts; our parsers list the allowed values. */
function describeMistake(error: CommanderError, { t }: Words): string {
  const mistake = MISTAKES[error.code]
  if (mistake === undefined) return error.message
  const [what = '', value = ''] = [...error.message.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '')
  const [, allowed = ''] = error.message.split(' is invalid. ')
  return t(`usage.${mistake}`, { what, value, allowed })
}

function exitHelp({ t }: Words): string {
  return ['', t('help.exit-codes'), ...EXIT_MEANINGS.map(({ name, code }) => `  ${String(code).padStart(3)}  ${t(`exits.${name}`)}`)].join(
    '\n',
  )
}

/** The commands, with help in the session's language. Commander writes only to `print`. */
function describeProgram(session: Session, print: (text: string) => void): Command {
  const { t } = session.words
  const program = new Command('stormroom')
    .description(t('help.about'))
    .version(session.version, '-V, --version', t('help.version'))
    .helpOption('-h, --help', t('help.help'))
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: print, outputError: () => {} })
    .configureHelp({
      styleTitle: (title) => (HEADINGS[title] === undefined ? title : t(HEADINGS[title])),
      optionDescription: (option) => option.description,
      argumentDescription: (argument) => argument.description,
    })
  for (const addCommand of [
    addStart,
    addInit,
    addDeclare,
    addIncidents,
    addImport,
    addExport,
    addSearch,
    addVerify,
    addWording,
    addHub,
    addJoin,
  ]) {
    addCommand(program, session)
      .option('--data <folder>', t('help.data'))
      .option('--key-file <file>', t('help.key-file'))
      .option('--json', t('help.json'))
      .addHelpText('after', exitHelp(session.words))
  }
  return program.addHelpText('after', exitHelp(session.words))
}

/** Runs a command's body and prints its outcome. An unexpected error goes to standard error and ends as `internal`. */
async function conclude({ words, terminal }: Surroundings, json: boolean, body: () => Promise<Outcome>): Promise<number> {
  try {
    const outcome = await body().catch((error: unknown) => {
      if (error instanceof OutputClosed) throw error
      terminal.say(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
      return failed('internal')
    })
    return await report(outcome, json, words, terminal)
  } catch (error) {
    if (!(error instanceof OutputClosed)) throw error
    terminal.say(`${words.failure({ code: 'output-closed', params: {} })}\n`)
    return EXIT.failed
  }
}

/**
 * Runs one command line.
 * @param args as typed, without the program's own name
 * @returns the exit code
 */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { terminal, words } = surroundings
  let exitCode: number = EXIT.done
  let printed = ''
  const session: Session = {
    ...surroundings,
    run: async (json, body) => {
      exitCode = await conclude(surroundings, json, body)
    },
  }
  const program = describeProgram(session, (text) => {
    printed += text
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return conclude(surroundings, false, async () => ({ ok: true, document: null, lines: [printed.trimEnd()] }))
    if (error.code === 'commander.help') {
      terminal.say(printed)
      return EXIT.usage
    }
    return conclude(surroundings, args.includes('--json'), async () => failed('usage', { detail: describeMistake(error, words) }))
  }
}
