import { Language } from '#contract/workspace-api.ts'
import { MEMBER_ROLES, type MemberRole } from '#domain/members/member.ts'
import type { Command } from 'commander'
import { withDesk, type Desk } from './desk.ts'
import { failed } from './exit-codes.ts'
import { oneOf } from './option-values.ts'
import type { Outcome } from './outcome.ts'
import type { EveryCommand, Session } from './session.ts'

type Member = { name: string; role: MemberRole; language: Language }

/** Creates the local member of an empty data folder. */
export async function setUpMember(desk: Desk, member: Member): Promise<Outcome> {
  const made = await desk.call('workspace.setUp', member)
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
        withDesk(session, options, 'set-up', async (desk, status) => {
          if (status.me) return failed('already-set-up', { name: status.me.name })
          const outcome = await setUpMember(desk, {
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
