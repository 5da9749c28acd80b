import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { failed } from './exit-codes.ts'
import { hubConfigOf, type HubOptions } from './hub-options.ts'
import { configFailure, hubFailure } from './hub-trouble.ts'
import { localTime } from './local-time.ts'
import type { Outcome } from './outcome.ts'
import type { Session } from './session.ts'
import { outcomeOfReport } from './verify.ts'

/** `stormroom hub backup`, `restore`, `restored`, `verify` and `recover-owner`: administration on the hub's machine. */
export function addHubAdmin(hub: Command, session: Session): void {
  const { t } = session.words
  type Config = Extract<Awaited<ReturnType<typeof hubConfigOf>>, { ok: true }>['config']
  const withConfig = (
    command: Command,
    act: (config: Config, tend: typeof import('#workspace/standalone-hub/hub-admin.ts')) => Promise<Outcome>,
  ) => {
    const options: HubOptions = command.optsWithGlobals()
    return session.run(options.json === true, async () => {
      const read = await hubConfigOf(session, options)
      return read.ok ? act(read.config, await import('#workspace/standalone-hub/hub-admin.ts')) : configFailure(read.trouble)
    })
  }

  hub
    .command('backup')
    .description(t('hub.backup.about'))
    .argument('<file>', t('hub.backup.file'))
    .action((file: string, _options: object, command: Command) =>
      withConfig(command, async (config, { backUpHub, hubKeyFile }) => {
        if (config.database !== undefined) return failed('hub-postgres-backup')
        if (existsSync(file)) return failed('file-exists', { file })
        const made = await backUpHub(config.data, resolve(file))
        return made.ok
          ? {
              ok: true,
              document: { ...made.value, keyFile: hubKeyFile(config) },
              lines: [t('hub.backup.done', { file, evidence: made.value.evidence }), t('hub.backup.key', { key: hubKeyFile(config) })],
            }
          : made
      }),
    )
  hub
    .command('restore')
    .description(t('hub.restore.about'))
    .argument('<file>', t('hub.restore.file'))
    .action((file: string, _options: object, command: Command) =>
      withConfig(command, async (config, { restoreHub }) => {
        if (config.database !== undefined) return failed('hub-postgres-backup')
        const restored = await restoreHub(config, resolve(file), Date.now())
        if ('trouble' in restored) return hubFailure(restored.trouble)
        return restored.ok
          ? { ok: true, document: restored.value, lines: [t('hub.restore.done', { folder: restored.value.setAside })] }
          : restored
      }),
    )
  hub
    .command('restored')
    .description(t('hub.restored.about'))
    .action((_options: object, command: Command) =>
      withConfig(command, async (config, { noteRestored }) => {
        const noted = await noteRestored(config, Date.now)
        return noted.ok ? { ok: true, document: { epoch: noted.epoch }, lines: [t('hub.restored.done')] } : hubFailure(noted.trouble)
      }),
    )
  hub
    .command('verify')
    .description(t('hub.verify.about'))
    .action((_options: object, command: Command) =>
      withConfig(command, async (config, { verifyHubDatabase }) => {
        const checked = await verifyHubDatabase(config, Date.now)
        return checked.ok
          ? outcomeOfReport(checked.report, session.words, config.database === undefined ? config.data : 'PostgreSQL')
          : hubFailure(checked.trouble)
      }),
    )
  hub
    .command('recover-owner')
    .description(t('hub.recover.about'))
    .argument('[member]', t('hub.recover.member'))
    .action((member: string | undefined, _options: object, command: Command) =>
      withConfig(command, async (config, { recoverOwner }) => {
        const made = await recoverOwner(config, member ?? null, { version: session.version, now: Date.now })
        if ('trouble' in made) return hubFailure(made.trouble)
        if (!made.ok) return made
        const { name, expiresAt, code } = made.value
        return { ok: true, document: made.value, lines: [t('hub.recover.done', { name, until: localTime(expiresAt) }), '', `  ${code}`] }
      }),
    )
}
