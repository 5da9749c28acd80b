import { ActButton } from '#ui/ActButton.tsx'
import { useTranslation } from 'react-i18next'
import classes from './ApprovalPanel.module.css'
import type { ChangedValue } from './use-values-read.ts'

/** Says that values were changed while the text was read, and shows the text with them. */
export function ChangedValues({ changed, onRead }: { changed: readonly ChangedValue[]; onRead: () => void }) {
  const { t } = useTranslation('wording')
  if (changed.length === 0) return null
  return (
    <div className={classes['changedValues']} role="alert">
      <p>{t('approval.valuesChanged')}</p>
      <ul>
        {changed.map(({ name, before, after }) => (
          <li key={name}>
            <code>{`{${name}}`}</code> <del>{before ?? t('noValue')}</del>
            <span aria-hidden="true"> → </span>
            <ins>{after ?? t('noValue')}</ins>
          </li>
        ))}
      </ul>
      <ActButton quiet readsOnly size="xs" onAct={onRead}>
        {t('approval.readChanged')}
      </ActButton>
    </div>
  )
}
