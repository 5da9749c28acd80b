import { useApiClient } from '#client/api-context.tsx'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import { ACCESS_KINDS, type AccessEntry } from '#contract/team-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { formatExact } from '#ui/time/format-time.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './TeamPage.module.css'

const PAGE = 200

/** Sign-ins with their devices, and changes of access; newest first, paged. */
export function AccessPage() {
  const { t, i18n } = useTranslation('team')
  const client = useApiClient()
  const first = useRead('team.accessLog', { before: null, memberId: null })
  const members = useRead('workspace.members', {}).data ?? []
  const [older, setOlder] = useState<{ entries: AccessEntry[]; over: boolean }>({ entries: [], over: false })
  const [refused, setRefused] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const entries = [...(first.data ?? []), ...older.entries]
  const more = (first.data?.length ?? 0) >= PAGE && !older.over
  const nameOf = (id: string | null) => members.find((one) => one.id === id)?.name ?? '–'
  const wordKind = (what: string) => {
    const kind = ACCESS_KINDS.find((one) => one === what)
    return kind ? t(`access.kind.${kind}`) : what
  }
  const readOlder = async () => {
    const last = entries.at(-1)
    if (!last) return
    setBusy(true)
    const page = await client.call('team.accessLog', { before: last.at, memberId: null })
    setBusy(false)
    setRefused(page.ok ? null : page.failure)
    if (page.ok) setOlder({ entries: [...older.entries, ...page.value], over: page.value.length < PAGE })
  }
  const failure = refused ?? first.failure
  return (
    <Page wide>
      <PageHeader title={t('access.title')} aside={<Link to="/settings/team">{t('access.back')}</Link>} />
      <div className={classes['body']}>
        <p className={classes['note']}>{t('access.text')}</p>
        {failure && <FailureNotice failure={failure} onRetry={first.readAgain} />}
        <div className={classes['frame']} tabIndex={0} role="region" aria-label={t('access.title')}>
          <table className={classes['table']} data-log>
            <thead>
              <tr>
                <th scope="col">{t('access.at')}</th>
                <th scope="col">{t('access.who')}</th>
                <th scope="col">{t('access.what')}</th>
                <th scope="col">{t('access.about')}</th>
                <th scope="col">{t('devices.device')}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.id}>
                  <td>{formatExact(entry.at, i18n.language)}</td>
                  <td>{nameOf(entry.memberId)}</td>
                  <td>{wordKind(entry.what)}</td>
                  <td>{members.find((one) => one.id === entry.about)?.name ?? ''}</td>
                  <td>{entry.device}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {more && (
          <div className={classes['acts']}>
            <ActButton quiet readsOnly busy={busy} onAct={() => void readOlder()}>
              {t('access.more')}
            </ActButton>
          </div>
        )}
      </div>
    </Page>
  )
}
