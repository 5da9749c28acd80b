import { MEMBER_ROLES, type MemberRole } from '#domain/members/member.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './RoleChoice.module.css'

/** The roles of the rapid-response group (OR-01, OR-06, OR-07), each with its duty in a line. */
export function RoleChoice({ value, onChange }: { value: MemberRole | null; onChange: (role: MemberRole) => void }) {
  const { t } = useTranslation('workspace')
  const name = useId()
  return (
    <div className={classes['roles']}>
      {MEMBER_ROLES.map((role) => (
        <label key={role} className={classes['role']}>
          <input type="radio" name={name} value={role} checked={value === role} onChange={() => onChange(role)} />
          <span className={classes['name']}>{t(`terms:role.${role}`)}</span>
          <span className={classes['duty']}>{t(`terms:roleDuty.${role}`)}</span>
        </label>
      ))}
    </div>
  )
}
