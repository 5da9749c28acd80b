import type { PlanContent } from '#domain/plans/plan.ts'
import { useTranslation } from 'react-i18next'
import { comparePlans } from './plan-difference.ts'
import { usePlanWords } from './plan-language.ts'
import styles from './PlanDifferences.module.css'
import { useDueRule } from './use-due-rule.ts'

/** The differences between two plans, each change with its old and new value. */
export function PlanDifferences({ from, to, title }: { from: PlanContent; to: PlanContent; title: string }) {
  const { t } = useTranslation('plans')
  const { language } = usePlanWords()
  const wordDue = useDueRule()
  const differences = comparePlans(from, to, language, {
    department: (task) => (task.department === null ? t('noDepartment') : t(`terms:role.${task.department}`)),
    due: (task) => wordDue(task.due) ?? t('due.none'),
    types: (plan) => plan.types.map((type) => t(`terms:type.${type}`)).join(t('and')),
  })
  return (
    <section className={styles['differences']} aria-label={title}>
      <h2>{title}</h2>
      {differences.length === 0 && <p className={styles['none']}>{t('compare.none')}</p>}
      <ul>
        {differences.map((one) => (
          <li key={`${one.what}-${one.key}`}>
            <h3>
              <span className={styles['kind']} data-kind={one.kind}>
                {t(`compare.${one.kind}`)}
              </span>
              {t(`compare.what.${one.what}`)} · {one.title}
            </h3>
            <dl>
              {one.fields.map(({ field, from: before, to: after }) => (
                <div key={field}>
                  <dt>{t(`compare.field.${field}`)}</dt>
                  <dd>
                    {before !== '' && <del>{before}</del>}
                    {after !== '' && <ins>{after}</ins>}
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </section>
  )
}
