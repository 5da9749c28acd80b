import type { PlanView } from '#contract/plan-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { useTranslation } from 'react-i18next'
import styles from './PlanEditor.module.css'

/** Shown if another version was saved meanwhile: the differences, and the choice of which text to keep. */
export function Conflict({
  plan,
  onCompare,
  onMine,
  onTheirs,
}: {
  plan: PlanView
  onCompare: () => void
  onMine: () => void
  onTheirs: () => void
}) {
  const { t } = useTranslation('plans')
  return (
    <div className={styles['conflict']} role="alert">
      <p>
        <b>{t('conflict.title')}</b> {t('conflict.text', { name: plan.savedByName ?? '', version: plan.version })}{' '}
        {plan.savedAt !== null && <Age at={plan.savedAt} />}
      </p>
      <div className={styles['acts']}>
        <ActButton size="xs" quiet readsOnly onAct={onCompare}>
          {t('conflict.compare')}
        </ActButton>
        <ActButton size="xs" quiet onAct={onMine}>
          {t('conflict.mine', { version: plan.version + 1 })}
        </ActButton>
        <ActButton size="xs" quiet readsOnly onAct={onTheirs}>
          {t('conflict.theirs', { version: plan.version })}
        </ActButton>
      </div>
    </div>
  )
}
