import { useRead } from '#client/use-read.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { isRunning } from '#domain/incidents/incident.ts'
import { Section } from '#ui/Page.tsx'
import { formatExact } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { Trans, useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import styles from './PermissionsPage.module.css'

/** The permissions of the current member: role, ownership, incidents under their command, and lent authority with its end (OR-12). */
export function MyAuthority({ me }: { me: MemberView }) {
  const { t, i18n } = useTranslation('permissions')
  const now = useNow(30_000)
  const incidents = (useRead('incidents.list', {}).data ?? []).filter(isRunning)
  const lent = incidents.flatMap((incident) =>
    incident.authorities.filter((one) => one.memberId === me.id && now < one.until).map((one) => ({ incident, one })),
  )
  return (
    <Section title={t('now')}>
      <ul className={styles['now']}>
        <li>
          {me.vendor ? (
            <Trans
              t={t}
              i18nKey="mine.vendor"
              values={{ name: me.name, company: me.vendor.company, until: formatExact(me.vendor.until, i18n.language) }}
              components={{ b: <strong /> }}
            />
          ) : (
            <Trans t={t} i18nKey="mine.role" values={{ name: me.name, role: t(`terms:role.${me.role}`) }} components={{ b: <strong /> }} />
          )}
        </li>
        {me.owner && <li>{t('mine.owner')}</li>}
        {incidents
          .filter((incident) => incident.commander === me.id)
          .map((incident) => (
            <li key={incident.id}>
              <Trans
                t={t}
                i18nKey="mine.commands"
                values={{ title: incident.title }}
                components={{ a: <Link to={`/incidents/${incident.id}`} /> }}
              />
            </li>
          ))}
        {lent.map(({ incident, one }) => (
          <li key={`${incident.id} ${one.as}`}>
            <Trans
              t={t}
              i18nKey="mine.lent"
              values={{ title: incident.title, role: t(`terms:role.${one.as}`), until: formatExact(one.until, i18n.language) }}
              components={{ a: <Link to={`/incidents/${incident.id}`} />, b: <strong /> }}
            />
          </li>
        ))}
        {lent.length === 0 && <li className={styles['soft']}>{t('mine.nothingLent')}</li>}
      </ul>
    </Section>
  )
}
