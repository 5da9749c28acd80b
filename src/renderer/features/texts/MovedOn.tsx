import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './Texts.module.css'

type Props = {
  /** The current text, and the text being written here. */
  theirs: string
  mine: string
  onChoose(text: string): void
}

/** Warns before saving that somebody changed the text since it was opened here; shows both versions and asks which to keep. */
export function MovedOn({ theirs, mine, onChoose }: Props) {
  const { t } = useTranslation('texts')
  return (
    <section className={styles['moved']} role="alert">
      <p>
        <b>{t('moved.title')}</b> {t('moved.text')}
      </p>
      <div className={styles['sides']}>
        <div>
          <h4>{t('moved.theirs')}</h4>
          <p>{theirs === '' ? t('moved.empty') : theirs}</p>
        </div>
        <div>
          <h4>{t('moved.mine')}</h4>
          <p>{mine === '' ? t('moved.empty') : mine}</p>
        </div>
      </div>
      <div className={styles['acts']}>
        <Button variant="default" size="compact-sm" onClick={() => onChoose(theirs)}>
          {t('moved.takeTheirs')}
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => onChoose(mine)}>
          {t('moved.keepMine')}
        </Button>
        <Button size="compact-sm" onClick={() => onChoose([theirs, mine].filter(Boolean).join('\n\n'))}>
          {t('moved.both')}
        </Button>
      </div>
    </section>
  )
}
