import { useApiClient } from '#client/api-context.tsx'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import { ACCESS_KINDS, type AccessEntry } from '#contract/team-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { DataTable } from '#ui/DataTable.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { formatExact } from '#ui/time/format-time.ts'
import { Toolbar } from '#ui/Toolbar.tsx'
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
        <DataTable
          label={t('access.title')}
          rows={entries}
          rowKey={(entry) => entry.id}
          columns={[
            { id: 'at', head: t('access.at'), render: (entry) => formatExact(entry.at, i18n.language), fit: true },
            { id: 'who', head: t('access.who'), render: (entry) => nameOf(entry.memberId) },
            { id: 'what', head: t('access.what'), render: (entry) => wordKind(entry.what) },
            { id: 'about', head: t('access.about'), render: (entry) => members.find((one) => one.id === entry.about)?.name ?? '' },
            { id: 'device', head: t('devices.device'), render: (entry) => entry.device },
          ]}
        />
        {more && (
          <Toolbar>
            <ActButton quiet readsOnly busy={busy} onAct={() => void readOlder()}>
              {t('access.more')}
            </ActButton>
          </Toolbar>
        )}
      </div>
    </Page>
  )
}
