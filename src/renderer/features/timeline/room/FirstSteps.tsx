import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import { planWords } from '#domain/plans/plan.ts'
import { usePermit } from '#features/permissions'
import { useRoom } from '#features/room'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { firstSteps, isBeginning, type FirstStep } from './first-steps.ts'
import styles from './FirstSteps.module.css'
import type { SideTab } from './side-tabs.ts'

/** The first steps after a declaration, as a checklist that is ticked from the log. */
export function FirstSteps({ onShow }: { onShow: (tab: SideTab) => void }) {
  const { t, i18n } = useTranslation('timeline')
  const room = useRoom()
  const { incident } = room
  const incidentId = incident.id
  const started = useRead('tasks.plans', { incidentId })
  const people = useRead('people.list', { incidentId })
  const plans = useRead('plans.list', {})
  const apply = useAct('plans.apply')
  const [failure, setFailure] = useState<Failure | null>(null)
  const barred: Record<FirstStep, string | null> = {
    known: usePermit('incident.revise', { incident }),
    plan: usePermit('task.create', { incident }),
    people: usePermit('people.assign', { incident }),
    entry: usePermit('entry.record', { incident }),
    response: usePermit('clock.meet', { incident }),
  }
  if (!started.data || !people.data || !plans.data) return null
  const language = i18n.language === 'en' ? 'en' : 'zh-Hans'
  const plan = plans.data.find((one) => !one.retired && one.content.types.includes(incident.type))
  const steps = firstSteps(incident, {
    plan: started.data.length > 0,
    people: people.data.length > 0,
    planThere: plan !== undefined,
  })
  if (!isBeginning(incident, steps)) return null
  const act: Record<FirstStep, () => void> = {
    known: () => room.editKnown(),
    plan: () =>
      plan && void apply.act({ incidentId, planId: plan.id, language }).then((result) => setFailure(result.ok ? null : result.failure)),
    people: () => onShow('people'),
    entry: () => room.compose({}),
    response: () => room.compose({ kind: 'action', meets: ['response'] }),
  }
  const open = steps.findIndex(({ done }) => !done)
  return (
    <section className={styles['steps']} aria-label={t('first.title')}>
      <h2>{t('first.title')}</h2>
      {failure && <FailureNotice failure={failure} />}
      <ol>
        {steps.map(({ step, done }, index) => (
          <li key={step} data-done={done || undefined}>
            <span aria-hidden="true">{done ? '✔' : index + 1}</span>
            {done ? (
              <span>
                {t(`first.${step}`)}
                <span className="visually-hidden">{t('first.done')}</span>
              </span>
            ) : (
              <ActButton
                quiet={index !== open}
                size="compact-sm"
                barred={barred[step]}
                busy={step === 'plan' && apply.busy}
                onAct={act[step]}
              >
                {step === 'plan' && plan
                  ? t('first.planNamed', { title: planWords(plan.content.title, language), count: plan.content.tasks.length })
                  : t(`first.${step}`)}
              </ActButton>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
