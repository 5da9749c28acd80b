import { Language } from '#contract/workspace-api.ts'
import { MEMBER_ROLES, type MemberRole } from '#domain/members/member.ts'
import type { Command } from 'commander'
import { withWorkspace, type WorkspaceClient } from './workspace-client.ts'
import { failed } from './exit-codes.ts'
import { oneOf } from './option-values.ts'
import type { Outcome } from './outcome.ts'
import type { EveryCommand, Session } from './session.ts'

type Member = { name: string; role: MemberRole; language: Language }

/** Creates the local member of an empty data folder. */
export async function setUpMember(client: WorkspaceClient, member: Member): Promise<Outcome> {
  const made = await client.call('workspace.setUp', member)
  return made.ok ? { ok: true, document: { member: made.value }, lines: [] } : made
}

/** `stormroom init`: the first run, without a screen. */
export function addInit(program: Command, session: Session): Command {
  const { t, term } = session.words
  return program
    .command('init')
    .description(t('init.about'))
    .requiredOption('--name <name>', t('init.name'))
    .requiredOption('--role <role>', t('init.role', { roles: MEMBER_ROLES.join(', ') }), oneOf(MEMBER_ROLES))
    .option('--language <language>', t('init.language'), oneOf(Language.options))
    .action((options: EveryCommand & { name: string; role: MemberRole; language?: Language }) =>
      session.run(options.json === true, () =>
        withWorkspace(session, options, 'set-up', async (client, status) => {
          if (status.me) return failed('already-set-up', { name: status.me.name })
          const outcome = await setUpMember(client, {
            name: options.name,
            role: options.role,
            language: options.language ?? session.words.language,
          })
          return outcome.ok
            ? { ...outcome, lines: [t('init.done', { name: options.name, role: term(`role.${options.role}`), folder: status.dataFolder })] }
            : outcome
        }),
      ),
    )
}
