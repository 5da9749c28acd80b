import type { VerifyReport } from '#contract/workspace-api.ts'
import type { Command } from 'commander'
import { withWorkspace } from './workspace-client.ts'
import { failed } from './exit-codes.ts'
import type { Outcome } from './outcome.ts'
import type { EveryCommand, Session } from './session.ts'
import type { Words } from './words.ts'

function describeReport(report: VerifyReport, { t }: Words): string[] {
  return [
    ...report.databases.map(({ file, ok, detail }) =>
      ok ? t('verify.database-sound', { file }) : t('verify.database-damaged', { file, detail: detail ?? '' }),
    ),
    ...report.scopes.map(({ scope, records, head, fault }) =>
      fault
        ? t('verify.chain-broken', { scope, seq: fault.seq, fault: t(`verify.faults.${fault.kind}`) })
        : t('verify.chain-sound', { scope, records, head: head.slice(0, 16) }),
    ),
    t('verify.records', { records: report.records }),
    ...(report.hub ? [report.hub.reached ? t('verify.hub', { records: report.hub.records }) : t('verify.hub-away')] : []),
  ]
}

/** The outcome of a check: done, or damaged with all findings. @param place used if the report names none */
export function outcomeOfReport(report: VerifyReport, words: Words, place: string): Outcome {
  const document = { report }
  const lines = describeReport(report, words)
  if (report.ok) return { ok: true, document, lines: [...lines, words.t('verify.sound')] }
  const damagedFile = report.databases.find((database) => !database.ok)
  const brokenScope = report.scopes.find((scope) => scope.fault)
  return {
    ...failed('damaged', {
      file: damagedFile?.file ?? brokenScope?.scope ?? place,
      detail: damagedFile?.detail ?? brokenScope?.fault?.kind ?? '',
    }),
    document,
    lines,
  }
}

/** `stormroom verify`: checks the databases and the hash chains. */
export function addVerify(program: Command, session: Session): Command {
  return program
    .command('verify')
    .description(session.words.t('verify.about'))
    .action((options: EveryCommand) =>
      session.run(options.json === true, () =>
        withWorkspace(session, options, 'verify', async (client, status) => {
          const trouble = status.trouble
          if (trouble?.kind === 'newer-version')
            return failed('newer-version', { file: trouble.file, found: trouble.found, supported: trouble.supported })
          const checked = await client.call('workspace.verify', {})
          if (!checked.ok) return trouble?.kind === 'damaged' ? failed('damaged', { file: trouble.file, detail: trouble.detail }) : checked
          return outcomeOfReport(checked.value, session.words, status.dataFolder)
        }),
      ),
    )
}
