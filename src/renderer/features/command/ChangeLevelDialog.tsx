import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { startClocks } from '#domain/incidents/clocks.ts'
import { incidentType } from '#domain/incidents/incident-types.ts'
import type { IncidentLevel } from '#domain/incidents/incident.ts'
import { clockRulesOf } from '#domain/rules/team-rules.ts'
import { LevelChoice } from '#features/incidents'
import { ActButton } from '#ui/ActButton.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CommandForm } from './CommandForm.tsx'
import classes from './Dialog.module.css'
import { ReasonField } from './ReasonField.tsx'
import { usePermittedAct } from '#features/permissions'

/** Raises or lowers the level, and shows which clocks the change starts. Running clocks keep their limits. */
export function ChangeLevelDialog({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const { t, i18n } = useTranslation('command')
  const rules = useRead('rules.get', {}).data?.rules
  const { act, busy, barred } = usePermittedAct('incidents.changeLevel', { incident })
  const offerUndo = useUndoNotice()
  const now = useNow(10_000)
  const [from] = useState(incident.level)
  const [to, setTo] = useState<IncidentLevel>(incident.level)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  const apologyDue = incident.clocks.some((clock) => clock.id === 'apology') || incidentType(incident.type).apologyUsual
  const running = new Set(incident.clocks.map((clock) => clock.id))
  const starting =
    to === from ? [] : startClocks(clockRulesOf(rules ?? {}, to, incident.type, apologyDue), now).filter((clock) => !running.has(clock.id))

  const change = async () => {
    setTried(true)
    if (to === from || reason.trim() === '' || busy || barred !== null) return
    const result = await act({ incidentId: incident.id, to, reason })
    if (!result.ok) return setFailure(result.failure)
    onClose()
    // Started clocks keep running, so undo is offered only if the change starts none.
    const undo = starting.length > 0 ? undefined : () => act({ incidentId: incident.id, to: from, reason: t('undoReason') })
    offerUndo(t('level.done', { level: t(`terms:level.${to}`) }), undo)
  }

  return (
    <CommandForm
      title={t('level.title', { level: t(`terms:level.${from}`) })}
      onClose={onClose}
      onSubmit={() => void change()}
      failure={failure}
      act={
        <ActButton submit busy={busy} barred={barred ?? (to === from ? t('level.same') : null)}>
          {t(starting.length > 0 ? 'level.actStarting' : 'level.act', { level: t(`terms:level.${to}`), count: starting.length })}
        </ActButton>
      }
    >
      <FieldRow label={t('level.to')} group>
        {() => <LevelChoice value={to} onChange={setTo} />}
      </FieldRow>
      {to !== from && (
        <section aria-live="polite">
          <h3 className={classes['heading']}>{t(starting.length > 0 ? 'level.starts' : 'level.startsNone')}</h3>
          <ul className={classes['list']}>
            {starting.map((clock) => (
              <li key={clock.id}>
                <span>{t(`terms:clock.${clock.id}`)}</span>
                <span>{t('ui:clock.due', { time: formatMoment(clock.dueAt, now, i18n.language) })}</span>
              </li>
            ))}
          </ul>
          <p className={classes['note']}>{t('level.keeps')}</p>
        </section>
      )}
      <ReasonField value={reason} onChange={setReason} tried={tried} />
    </CommandForm>
  )
}
