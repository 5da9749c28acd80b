import { ActButton } from '#ui/ActButton.tsx'
import { Toolbar } from '#ui/Toolbar.tsx'
import { CopyButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from '../TeamPage.module.css'

/** A code that is shown only once: to copy and hand over. */
export function FreshCode({ code, text }: { code: string; text: string }) {
  const { t } = useTranslation('team')
  return (
    <div className={classes['fresh']} role="status">
      <p>{text}</p>
      <p className={classes['code']}>{code}</p>
      <Toolbar>
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <ActButton readsOnly onAct={copy}>
              {copied ? t('ui:copied') : t('invites.copy')}
            </ActButton>
          )}
        </CopyButton>
      </Toolbar>
    </div>
  )
}
