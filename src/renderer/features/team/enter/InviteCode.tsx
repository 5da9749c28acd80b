import { FieldRow } from '#ui/FieldRow.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { useTranslation } from 'react-i18next'
import classes from './Enter.module.css'

/** The field for an invite or a reset code; Enter reads it. */
export function InviteCode({ code, onChange }: { code: string; onChange: (code: string) => void }) {
  const { t } = useTranslation('team')
  return (
    <FieldRow label={t('join.code')} required hint={t('join.codeHint')}>
      {({ id, describedBy }) => (
        <GrowingText
          id={id}
          className={classes['code'] ?? ''}
          aria-describedby={describedBy}
          aria-required
          minRows={3}
          maxRows={6}
          maxLength={4000}
          spellCheck={false}
          value={code}
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }}
        />
      )}
    </FieldRow>
  )
}
