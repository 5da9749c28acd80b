import { useApiClient } from '#client/api-context.tsx'
import { downloadExport } from '#client/download.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { RevealView } from '#contract/personal-api.ts'
import { REVEALS_PER_HOUR } from '#domain/privacy/reveal.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { CellNote, DataTable } from '#ui/DataTable.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { formatExact, machineTime } from '#ui/time/format-time.ts'
import { Toolbar } from '#ui/Toolbar.tsx'
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { MaskedText } from './MaskedText.tsx'
import styles from './RevealsPage.module.css'

/** The reveals in one incident or in all readable ones: member, time, text, reason and device. */
export function RevealsPage() {
  const { t, i18n } = useTranslation('personal')
  const client = useApiClient()
  const incidentId = useParams()['incidentId'] ?? null
  const [memberId, setMemberId] = useState<string | null>(null)
  const filter = { incidentId, memberId }
  const members = useRead('workspace.members', {}).data ?? []
  const first = useRead(
    'personal.reveals',
    { ...filter, before: null },
    {
      keep: true,
    },
  )
  const [older, setOlder] = useState<{ of: string | null; reveals: RevealView[]; more: boolean } | null>(null)
  const [refused, setRefused] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const read = older?.of === memberId ? older : null
  const known = new Set(first.data?.reveals.map(({ id }) => id))
  const reveals = [...(first.data?.reveals ?? []), ...(read?.reveals ?? []).filter(({ id }) => !known.has(id))]
  const failure = refused ?? first.failure

  const readOlder = async () => {
    const last = reveals.at(-1)
    if (!last) return
    setBusy(true)
    const page = await client.call('personal.reveals', { ...filter, before: { at: last.at, id: last.id } })
    setBusy(false)
    setRefused(page.ok ? null : page.failure)
    if (page.ok) setOlder({ of: memberId, reveals: [...(read?.reveals ?? []), ...page.value.reveals], more: page.value.more })
  }
  const save = async () => {
    setBusy(true)
    const made = await client.call('personal.revealsAsFile', {
      ...filter,
      language: i18n.language === 'en' ? 'en' : 'zh-Hans',
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    })
    const saved = made.ok ? await downloadExport(client, made.value) : made
    setBusy(false)
    setRefused(saved.ok ? null : saved.failure)
  }

  return (
    <Page wide>
      <PageHeader
        within={incidentId !== null}
        title={t('page.title')}
        aside={incidentId === null && <Link to="/settings/team">{t('page.toTeam')}</Link>}
      />
      <div className={styles['body']}>
        <p className={styles['note']}>{t('page.text', { count: REVEALS_PER_HOUR })}</p>
        <p className={styles['note']}>{t('page.chain')}</p>
        <Toolbar>
          <NativeSelect
            aria-label={t('page.filter')}
            size="xs"
            value={memberId ?? ''}
            data={[{ value: '', label: t('page.everybody') }, ...members.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={(event) => setMemberId(event.currentTarget.value === '' ? null : event.currentTarget.value)}
          />
          <ActButton quiet readsOnly size="xs" busy={busy} onAct={() => void save()}>
            {t('page.save')}
          </ActButton>
        </Toolbar>
        {failure && <FailureNotice failure={failure} onRetry={first.readAgain} />}
        {first.data && reveals.length === 0 && <EmptyState title={t('page.none')}>{t('page.noneText')}</EmptyState>}
        {reveals.length > 0 && <RevealTable reveals={reveals} within={incidentId} />}
        {(read ? read.more : first.data?.more) && (
          <Toolbar>
            <ActButton quiet readsOnly busy={busy} onAct={() => void readOlder()}>
              {t('page.more')}
            </ActButton>
          </Toolbar>
        )}
      </div>
    </Page>
  )
}

/** Reveals, newest first. `within`: the incident whose page it is, null for the page of all. */
function RevealTable({ reveals, within }: { reveals: readonly RevealView[]; within: string | null }) {
  const { t, i18n } = useTranslation('personal')
  return (
    <DataTable
      label={t('page.title')}
      rows={reveals}
      rowKey={(one) => one.id}
      columns={[
        {
          id: 'at',
          head: t('page.at'),
          fit: true,
          render: (one) => (
            <>
              <time dateTime={machineTime(one.at)}>{formatExact(one.at, i18n.language)}</time>{' '}
              <PendingMark pending={one.pending} quiet={false} />
            </>
          ),
        },
        { id: 'who', head: t('page.who'), fit: true, render: (one) => <MaskedText text={one.byName} /> },
        {
          id: 'what',
          head: t('page.what'),
          render: (one) => (
            <>
              <Link to={placeOf(one)}>{one.excerpt === null ? t('page.gone') : <MaskedText text={one.excerpt} />}</Link>
              <CellNote>
                {t(`kind.${one.of.kind}`)}
                {within === null && ` · ${one.incidentTitle}`}
              </CellNote>
            </>
          ),
        },
        {
          id: 'why',
          head: t('page.why'),
          render: (one) => (
            <>
              {t(`reason.${one.reason}`)}
              <CellNote>{one.words}</CellNote>
            </>
          ),
        },
        { id: 'device', head: t('page.device'), fit: true, render: (one) => one.device },
      ]}
    />
  )
}

/** The address of the revealed text's page. */
function placeOf({ incidentId, of }: RevealView): string {
  const room = `/incidents/${incidentId}`
  if (of.kind === 'entry') return `${room}?entry=${of.id}`
  return of.kind === 'task' ? `${room}?side=tasks` : room
}
