import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { startClocks } from '#domain/incidents/clocks.ts'
import { incidentType } from '#domain/incidents/incident-types.ts'
import type { IncidentLevel } from '#domain/incidents/incident.ts'
import { clockRulesOf } from '#domain/rules/team-rules.ts'
import { LevelChoice } from '#features/incidents'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FormDialog } from '#ui/FormDialog.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Dialog.module.css'
import { ReasonField } from './ReasonField.tsx'
import { usePermittedAct } from '#features/permissions'

/** Raises or lowers the level, and shows which clocks the change starts. Running clocks keep their limits. */
export function ChangeLevelDialog({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const { t, i18n } = useTranslation('command')
  const rules = useRead('rules.get', {}).data?.rules
  const change = usePermittedAct('incidents.changeLevel', { incident })
  const offerUndo = useUndoNotice()
  const now = useNow(10_000)
  const [from] = useState(incident.level)
  const [to, setTo] = useState<IncidentLevel>(incident.level)
  const [reason, setReason] = useState('')

  const apologyDue = incident.clocks.some((clock) => clock.id === 'apology') || incidentType(incident.type).apologyUsual
  const running = new Set(incident.clocks.map((clock) => clock.id))
  const starting =
    to === from ? [] : startClocks(clockRulesOf(rules ?? {}, to, incident.type, apologyDue), now).filter((clock) => !running.has(clock.id))

  const form = useSubmit(change, {
    input: reason.trim() === '' ? null : { incidentId: incident.id, to, reason },
    barred: to === from ? t('level.same') : null,
    onDone: () => {
      onClose()
      // Started clocks keep running, so undo is offered only if the change starts none.
      const undo = starting.length > 0 ? undefined : () => change.act({ incidentId: incident.id, to: from, reason: t('undoReason') })
      offerUndo(t('level.done', { level: t(`terms:level.${to}`) }), undo)
    },
  })

  return (
    <FormDialog
      title={t('level.title', { level: t(`terms:level.${from}`) })}
      onClose={onClose}
      form={form}
      act={t(starting.length > 0 ? 'level.actStarting' : 'level.act', { level: t(`terms:level.${to}`), count: starting.length })}
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
      <ReasonField value={reason} onChange={setReason} tried={form.tried} />
    </FormDialog>
  )
}
