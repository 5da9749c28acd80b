import type { PlanView } from '#contract/plan-api.ts'
import { INCIDENT_TYPE_IDS } from '#domain/incidents/incident-types.ts'
import { classNames } from '#ui/class-names.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { hasPlanDraft } from './editor/plan-draft.ts'
import { usePlanWords } from './plan-language.ts'
import styles from './PlanList.module.css'

/** The plans by incident type. A plan for several types is listed once, with the other types named. Retired plans come last. */
export function PlanList({ plans, shown }: { plans: readonly PlanView[]; shown: string | null }) {
  const { t } = useTranslation('plans')
  const current = plans.filter((plan) => !plan.retired)
  const retired = plans.filter((plan) => plan.retired)
  const groups = INCIDENT_TYPE_IDS.map((type) => ({
    key: type as string,
    title: t(`terms:type.${type}`),
    own: current.filter((plan) => INCIDENT_TYPE_IDS.find((one) => plan.content.types.includes(one)) === type),
  }))
  return (
    <nav className={styles['list']} aria-label={t('list.label')} data-plan-list>
      {[...groups, { key: 'retired', title: t('list.retired'), own: retired }].map(
        (group) =>
          group.own.length > 0 && (
            <section key={group.key}>
              <h2>{group.title}</h2>
              <ul>
                {group.own.map((plan) => (
                  <PlanLink key={plan.id} plan={plan} shown={plan.id === shown} />
                ))}
              </ul>
            </section>
          ),
      )}
    </nav>
  )
}

function PlanLink({ plan, shown }: { plan: PlanView; shown: boolean }) {
  const { t } = useTranslation('plans')
  const { words } = usePlanWords()
  const also = INCIDENT_TYPE_IDS.filter((type) => plan.content.types.includes(type)).slice(1)
  return (
    <li>
      <Link to={`/plans/${plan.id}`} className={classNames(styles['link'])} aria-current={shown ? 'page' : undefined}>
        <span className={styles['title']}>{words(plan.content.title)}</span>
        <span className={styles['facts']}>
          {t(`origin.${plan.origin}`)} · {t('version', { version: plan.version })} · {t('taskCount', { count: plan.content.tasks.length })}
          {also.length > 0 && ` · ${t('list.also', { types: also.map((type) => t(`terms:type.${type}`)).join(t('list.and')) })}`}
          {hasPlanDraft(plan.id) && <b> · {t('draft.mark')}</b>}
        </span>
      </Link>
    </li>
  )
}
