import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { figureTimes } from '#contract/risk-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { gradeEvidence, LOWERING_NEEDS, offeredLevel } from '#domain/risk/evidence.ts'
import type { AssessmentState } from '#domain/risk/assessment-ops.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Risk } from '../use-risk.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import styles from './LevelVerdict.module.css'

export const REASON_FIELD = 'risk-verdict-reason'

/** The level that the grade suggests, and the member's response: confirm, refuse with a reason, or only note the assessment. */
export function LevelVerdict({ incident, risk }: { incident: IncidentView; risk: Risk }) {
  const { t } = useTranslation('risk')
  const judgeBarred = usePermit('risk.judge', { incident })
  const levelBarred = usePermit('incident.change-level', { incident })
  const noteBarred = usePermit('risk.note', { incident })
  const { act, busy } = useAct('risk.assess')
  const { act: changeLevel } = useAct('incidents.changeLevel')
  const offerUndo = useUndoNotice()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const minute = useNow(MINUTE)
  const { assessment, view } = risk
  if (!assessment) return null
  const triedNow = Object.fromEntries(Object.keys(risk.tried).map((figure) => [figure, minute]))
  const evidence = gradeEvidence(assessment, { ...figureTimes(view.origins), ...triedNow }, minute)
  const offered = offeredLevel(assessment, incident.level, evidence)
  const { suggestedLevel: suggested, composite } = assessment
  const level = t(`terms:level.${suggested}`)
  const now = t(`terms:level.${incident.level}`)
  const differs = suggested !== incident.level
  const lowers = suggested > incident.level
  const tooLittle = differs && offered === null

  const judge = async (verdict: AssessmentState['verdict']) => {
    if (verdict === 'refused' && reason.trim() === '') {
      setMissing(true)
      document.getElementById(REASON_FIELD)?.focus()
      return
    }
    const before = incident.level
    const result = await act({ incidentId: incident.id, inputs: risk.inputs, verdict, reason: reason.trim() })
    setFailure(result.ok ? null : result.failure)
    if (!result.ok) return
    setReason('')
    setMissing(false)
    risk.forgetTried()
    if (verdict !== 'confirmed' || before === suggested) return
    offerUndo(t('verdict.changed', { from: now, to: level }), () =>
      changeLevel({ incidentId: incident.id, to: before, reason: t('verdict.undoReason', { composite }) }),
    )
  }

  const last = view.history[0]
  const judged = last !== undefined && last.verdict !== 'noted' && last.suggestedLevel === suggested && Object.keys(risk.tried).length === 0
  return (
    <section className={styles['verdict']} aria-label={t('verdict.title')} data-differs={(offered !== null && !judged) || undefined}>
      {tooLittle && (
        <p className={styles['judged']}>
          {t('verdict.tooLittle', { fresh: evidence.fresh, factors: evidence.factors, needed: LOWERING_NEEDS, level: now })}
        </p>
      )}
      {!tooLittle && (
        <p className={styles['line']}>
          {t('verdict.suggested')} <LevelMark level={suggested} />
          <span className={styles['now']}>{differs ? t('verdict.differs', { level: now }) : t('verdict.same')}</span>
        </p>
      )}
      {judged && differs && <p className={styles['judged']}>{t('verdict.refusedBefore', { name: last.byName, reason: last.reason })}</p>}
      <GrowingText
        id={REASON_FIELD}
        size="xs"
        minRows={1}
        maxRows={4}
        maxLength={1000}
        aria-label={t('verdict.reason')}
        placeholder={t('verdict.reasonHint')}
        value={reason}
        error={missing && reason.trim() === '' ? t('verdict.reasonMissing') : null}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={styles['acts']}>
        {!tooLittle && (
          // A lower level is never offered as the primary action.
          <ActButton
            size="xs"
            quiet={lowers}
            busy={busy}
            barred={judgeBarred ?? (differs ? levelBarred : null)}
            onAct={() => void judge('confirmed')}
          >
            {differs ? (lowers ? t('verdict.lower', { level }) : t('verdict.raise', { level })) : t('verdict.keep', { level })}
          </ActButton>
        )}
        {differs && !tooLittle && (
          <ActButton size="xs" quiet busy={busy} barred={judgeBarred} onAct={() => void judge('refused')}>
            {t('verdict.refuse', { level: now })}
          </ActButton>
        )}
        <ActButton size="xs" quiet busy={busy} barred={noteBarred} onAct={() => void judge('noted')}>
          {t('verdict.note')}
        </ActButton>
      </div>
      {failure && <FailureNotice failure={failure} />}
    </section>
  )
}
