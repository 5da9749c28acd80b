import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { STAGES, type Stage } from '#domain/incidents/incident.ts'
import { ESCALATION_INDICATORS } from '#domain/incidents/escalation-indicators.ts'
import { usePermit } from '#features/permissions'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { StagePath } from '#ui/StagePath.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { Popover, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StageSigns } from './StageSigns.tsx'
import classes from './StageSteps.module.css'

/**
 * The stage of an incident. Expanded: the five-step path, and for each stage its indicators, those observed, and the command to move to it.
 */
export function StageSteps({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation('command')
  const { act: revise, busy } = useAct('incidents.revise')
  const barred = usePermit('incident.revise', { incident })
  const offerUndo = useUndoNotice()
  const [shown, setShown] = useState<Stage | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const section = t('section')
  useCommands([
    {
      id: 'command.stage',
      section,
      label: t('stage.signs'),
      keywords: 'stage signs 阶段 迹象',
      shortcut: 'P',
      run: () => setShown(incident.stage),
    },
    ...STAGES.map((stage) => ({
      id: `command.stage-${stage}`,
      section,
      label: t('stage.signsOf', { stage: t(`terms:stage.${stage}`) }),
      run: () => setShown(stage),
    })),
  ])

  const moveTo = async (stage: Stage) => {
    const from = incident.stage
    const result = await revise({ incidentId: incident.id, stage })
    setFailure(result.ok ? null : result.failure)
    if (!result.ok) return
    setShown(null)
    offerUndo(t('stage.done', { stage: t(`terms:stage.${stage}`) }), () => revise({ incidentId: incident.id, stage: from }))
  }

  const counts: Partial<Record<Stage, string>> = Object.fromEntries(
    STAGES.flatMap((stage) => {
      const seen = ESCALATION_INDICATORS[stage].filter((sign) => incident.signs.includes(sign.id)).length
      return seen > 0 ? [[stage, `${seen}/${ESCALATION_INDICATORS[stage].length}`]] : []
    }),
  )
  return (
    <Popover
      opened={shown !== null}
      onChange={(opened) => setShown(opened ? shown : null)}
      width={440}
      position="bottom-end"
      trapFocus
      returnFocus
      withinPortal
      withRoles={false}
    >
      <Popover.Target>
        <UnstyledButton
          className={classes['stage']}
          aria-expanded={shown !== null}
          onClick={() => setShown(shown === null ? incident.stage : null)}
        >
          <StagePath compact stage={incident.stage} />
          {counts[incident.stage] !== undefined && <small> {counts[incident.stage]}</small>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        {shown && <StagePath stage={incident.stage} notes={counts} picked={shown} onPick={setShown} />}
        {shown && (
          <StageSigns
            key={shown}
            incident={incident}
            stage={shown}
            barred={barred}
            busy={busy}
            failure={failure}
            onMove={() => void moveTo(shown)}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
