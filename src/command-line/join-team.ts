import { setTimeout as wait } from 'node:timers/promises'
import { DeviceName, Login, Password } from '#contract/team-api.ts'
import { MemberName } from '#domain/members/member.ts'
import { thisDevice } from '#workspace/team/connection.ts'
import { InvalidArgumentError, type Command } from 'commander'
import type { z } from 'zod'
import { withWorkspace, type WorkspaceClient } from './workspace-client.ts'
import { failed } from './exit-codes.ts'
import { joinByCompany } from './join-by-company.ts'
import type { EveryCommand, Session } from './session.ts'

type JoinOptions = EveryCommand & { name: string; login?: string; oidc?: boolean; device?: string }

/** Parser of an option that a schema of the contract describes. */
function fitting<Value>(schema: z.ZodType<Value>, allowed: string): (text: string) => Value {
  return (text) => {
    const parsed = schema.safeParse(text)
    if (!parsed.success) throw new InvalidArgumentError(allowed)
    return parsed.data
  }
}

const LOOK_MS = 200

/** Waits until the team's data has arrived or the connection is down; the next command that opens this folder resumes. */
async function untilArrived(client: WorkspaceClient, interrupted: AbortSignal): Promise<void> {
  while (!interrupted.aborted) {
    const status = await client.call('workspace.status', {})
    if (!status.ok || status.value.arriving === null || status.value.arriving.state === 'waiting') return
    await wait(LOOK_MS)
  }
}

async function joinByPassword(
  session: Session,
  client: WorkspaceClient,
  who: { code: string; name: string; login: string | undefined; device: string },
) {
  const { t, language } = session.words
  const { login } = who
  if (login === undefined) return failed('usage', { detail: t('usage.missing-option', { what: '--login <login>' }) })
  const password = Password.safeParse(await session.terminal.askSecret(t('join.password')))
  if (!password.success) return failed('password-unfit', { min: Password.minLength ?? 0 })
  return client.call('membership.join', { ...who, login, password: password.data, language })
}

/** `stormroom join`: joins a fresh data folder to a team. */
export function addJoin(program: Command, session: Session): Command {
  const { t } = session.words
  return program
    .command('join')
    .description(t('join.about'))
    .argument('[invite]', t('join.invite'))
    .requiredOption('--name <name>', t('join.name'), fitting(MemberName, '1 – 40'))
    .option('--login <login>', t('join.login'), fitting(Login, '2 – 80'))
    .option('--oidc', t('join.oidc'))
    .option('--device <name>', t('join.device'), fitting(DeviceName, '1 – 80'))
    .action((named: string | undefined, { name, login, oidc = false, device = thisDevice(), ...options }: JoinOptions) =>
      session.run(options.json === true, () =>
        withWorkspace(session, options, 'set-up', async (client, status) => {
          // Every user of the machine can read a command's arguments while it runs.
          if (named !== undefined && named !== '-') session.terminal.say(`${t('join.invite-seen')}\n`)
          const code = named === undefined || named === '-' ? (await session.terminal.askSecret(t('join.ask-invite'))).trim() : named
          const joined = oidc
            ? await joinByCompany(session, client, { code, name, device })
            : await joinByPassword(session, client, { code, name, login, device })
          if (!joined.ok) return joined
          await untilArrived(client, session.interrupted)
          const membership = joined.value
          const lines =
            membership.kind === 'joined'
              ? [t('join.done', { team: membership.teamName, address: membership.address, folder: status.dataFolder })]
              : []
          return { ok: true, document: { membership }, lines }
        }),
      ),
    )
}
