import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { STAGES, type Stage } from '#domain/incidents/incident.ts'
import { STAGE_SIGNS } from '#domain/incidents/signs.ts'
import { usePermit } from '#features/permissions'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { StagePath } from '#ui/StagePath.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StageSigns } from './StageSigns.tsx'

/** The five-step path of an incident. Each step opens its signs: what to look for, what was seen, and the move to that step. */
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

  const counts = Object.fromEntries(
    STAGES.flatMap((stage) => {
      const seen = STAGE_SIGNS[stage].filter((sign) => incident.signs.includes(sign.id)).length
      return seen > 0 ? [[stage, `${seen}/${STAGE_SIGNS[stage].length}`]] : []
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
        <div>
          <StagePath stage={incident.stage} notes={counts} onPick={(stage) => setShown(stage === shown ? null : stage)} />
        </div>
      </Popover.Target>
      <Popover.Dropdown>
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
