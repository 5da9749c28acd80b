import { useTranslation } from 'react-i18next'
import { ActButton } from './ActButton.tsx'
import classes from './DraftClash.module.css'
import { Toolbar } from './Toolbar.tsx'

type Props = {
  /** Who changed the stored value. */
  name: string
  onTakeStored: () => void
  onKeepMine: () => void
}

/** Says that somebody else changed what is being edited, and asks which of both to go on with. */
export function DraftClash({ name, onTakeStored, onKeepMine }: Props) {
  const { t } = useTranslation('ui')
  return (
    <div className={classes['clash']} role="alert">
      <p>{t('clash.said', { name })}</p>
      <Toolbar>
        <ActButton quiet size="xs" onAct={onTakeStored}>
          {t('clash.takeTheirs')}
        </ActButton>
        <ActButton quiet size="xs" onAct={onKeepMine}>
          {t('clash.keepMine')}
        </ActButton>
      </Toolbar>
    </div>
  )
}
