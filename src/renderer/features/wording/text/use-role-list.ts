import type { MemberRole } from '#domain/members/member.ts'
import { useTranslation } from 'react-i18next'

/** Names roles in one phrase: "PR and legal". */
export function useRoleList(): (roles: readonly MemberRole[]) => string {
  const { t, i18n } = useTranslation('wording')
  return (roles) => new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(roles.map((role) => t(`terms:role.${role}`)))
}
