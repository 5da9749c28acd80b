import type { IncidentView } from '#contract/incident-api.ts'
import type { WorkspaceStatus } from '#contract/workspace-api.ts'
import { INCIDENT_TYPE_IDS, type IncidentTypeId } from '#domain/incidents/incident-types.ts'
import { STAGES, type IncidentLevel, type Stage } from '#domain/incidents/incident.ts'
import { MEMBER_ROLES, MemberRole } from '#domain/members/member.ts'
import type { Command } from 'commander'
import { withWorkspace, type WorkspaceClient } from './workspace-client.ts'
import { failed } from './exit-codes.ts'
import { setUpMember } from './initialize.ts'
import { localTime } from './local-time.ts'
import { oneOf, parseInstant, parseLevel } from './option-values.ts'
import type { Outcome } from './outcome.ts'
import type { EveryCommand, Session } from './session.ts'
import type { Words } from './words.ts'

type DeclareOptions = EveryCommand & {
  title: string
  type: IncidentTypeId
  level: IncidentLevel
  stage: Stage
  known: string
  drill?: boolean
  past?: number
  apology?: boolean
  asName?: string
  asRole?: MemberRole
}

function describeIncident(incident: IncidentView, { t, term }: Words): string[] {
  return [
    t('declare.done', { title: incident.title, level: term(`level.${incident.level}`), mode: term(`mode.${incident.mode}`) }),
    t('declare.id', { id: incident.id }),
    ...incident.clocks.map((clock) => t('declare.clock', { clock: term(`clock.${clock.id}`), due: localTime(clock.dueAt) })),
  ]
}

/** The first declaration on an empty data folder also creates its member, if the options name one. */
async function ensureMember(
  session: Session,
  client: WorkspaceClient,
  status: WorkspaceStatus,
  options: DeclareOptions,
): Promise<Outcome | null> {
  if (status.me) return null
  const name = options.asName ?? session.env['STORMROOM_NAME']
  const role = options.asRole ?? MemberRole.safeParse(session.env['STORMROOM_ROLE']).data
  if (!name || !role) return failed('member-missing')
  const made = await setUpMember(client, { name, role, language: session.words.language })
  return made.ok ? null : made
}

/** `stormroom declare`: declares an incident, which starts its clocks. */
export function addDeclare(program: Command, session: Session): Command {
  const { t } = session.words
  return program
    .command('declare')
    .description(t('declare.about'))
    .requiredOption('--title <text>', t('declare.title'))
    .requiredOption('--type <type>', t('declare.type', { types: INCIDENT_TYPE_IDS.join(', ') }), oneOf(INCIDENT_TYPE_IDS))
    .requiredOption('--level <level>', t('declare.level'), parseLevel)
    .option('--stage <stage>', t('declare.stage', { stages: STAGES.join(', ') }), oneOf(STAGES), STAGES[0])
    .option('--known <text>', t('declare.known'), '')
    .option('--drill', t('declare.drill'))
    .option('--past <time>', t('declare.past'), parseInstant)
    .option('--apology', t('declare.apology'))
    .option('--no-apology', t('declare.no-apology'))
    .option('--as-name <name>', t('declare.as-name'))
    .option('--as-role <role>', t('declare.as-role', { roles: MEMBER_ROLES.join(', ') }), oneOf(MEMBER_ROLES))
    .action((options: DeclareOptions) =>
      session.run(options.json === true, () =>
        withWorkspace(session, options, 'set-up', async (client, status) => {
          const refused = await ensureMember(session, client, status, options)
          if (refused) return refused
          const { title, type, level, stage, known, apology } = options
          const declared = await client.call('incidents.declare', {
            title,
            type,
            level,
            stage,
            known,
            mode: options.past !== undefined ? 'historical' : options.drill ? 'drill' : 'real',
            ...(options.past === undefined ? {} : { declaredAt: options.past }),
            ...(apology === undefined ? {} : { apologyDue: apology }),
          })
          return declared.ok
            ? { ok: true, document: { incident: declared.value }, lines: describeIncident(declared.value, session.words) }
            : declared
        }),
      ),
    )
}
