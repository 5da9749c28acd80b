import { useRead } from '#client/use-read.ts'
import { WORDING_STATUSES, type WordingRow } from '#contract/wording-api.ts'
import { ReachSection } from '#features/agents'
import { usePermits } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { ImportWordings } from '../files/ImportWordings.tsx'
import { useImportNotice } from '../files/use-import-notice.ts'
import { PromiseList } from '../promises/PromiseList.tsx'
import { StarterDialog } from '../StarterDialog.tsx'
import { PublishFromList } from '../text/PublishFromList.tsx'
import { useWordingScope } from '../use-wording-scope.ts'
import { wordingAddress } from '../wording-address.ts'
import { CopyDialog } from './CopyDialog.tsx'
import { byKind, hasStatus, isFound, scenariosOf, STATUS_FILTERS, wordsOf, type StatusFilter } from './library-rows.ts'
import classes from './Library.module.css'
import { LibraryMenu } from './LibraryMenu.tsx'
import { LibraryStanding } from './LibraryStanding.tsx'
import { Matrix } from './Matrix.tsx'
import { NewWordingDialog, type NewPlace } from './NewWordingDialog.tsx'
import { PreparedSection } from './PreparedSection.tsx'
import { RemovedList } from './RemovedList.tsx'
import { ValuesDialog } from './ValuesDialog.tsx'
import { WordingTable } from './WordingTable.tsx'

type Open =
  | { kind: 'new'; place: NewPlace }
  | { kind: 'copy' | 'values' | 'starter' | 'import' }
  | { kind: 'publish'; row: WordingRow; revisionId: string }
const NONE: readonly WordingRow[] = []

/** The texts of an incident, or of the team's standing library (MS-*): as matrix of scenario and emotion, or as list by kind. */
export function LibraryPage() {
  const { t } = useTranslation('wording')
  const { incidentId, incident, failure: noIncident } = useWordingScope()
  const navigate = useNavigate()
  const [address, setAddress] = useSearchParams()
  const { barredFrom } = usePermits()
  const barred = barredFrom('wording.draft', { incident })
  const [open, setOpen] = useState<Open | null>(null)
  const [filter, setFilter] = useState('')
  const [status, setStatus] = useState<StatusFilter>(null)
  const { data, failure, readAgain } = useRead('wordings.list', { incidentId, removed: status === 'removed' }, { keep: true })
  const body = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const view = address.get('view') === 'list' ? 'list' : 'matrix'
  const show = (next: string) => setAddress(next === 'list' ? { view: 'list' } : {}, { replace: true })
  const rows = data ?? NONE
  const shown = rows.filter((row) => hasStatus(row, status) && isFound(row, wordsOf(filter)))
  const prepared = shown.filter(({ preparedFor }) => preparedFor !== '')
  const standing = status === 'removed' ? shown : shown.filter(({ preparedFor }) => preparedFor === '')
  const write = (place: NewPlace = {}) => setOpen({ kind: 'new', place })
  const close = () => setOpen(null)
  const tellImport = useImportNotice()
  const move = (by: 1 | -1) => {
    const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>('a[data-wording]') ?? [])]
    const now = links.findIndex((link) => link === document.activeElement)
    links[now < 0 ? 0 : now + by]?.focus()
  }
  const section = t('title')
  useCommands([
    {
      id: 'wording.new',
      section,
      label: t('act.new'),
      keywords: 'wording new 新口径 话术',
      shortcut: 'A',
      disabled: barred !== null,
      run: write,
    },
    {
      id: 'wording.copy',
      section,
      label: t('act.copy'),
      keywords: 'copy library 常备库 复制',
      shortcut: 'C',
      disabled: barred !== null || incidentId === null,
      run: () => setOpen({ kind: 'copy' }),
    },
    {
      id: 'wording.starter',
      section,
      label: t('starter.open'),
      keywords: 'starter library 起步库',
      disabled: barred !== null,
      run: () => setOpen({ kind: 'starter' }),
    },
    {
      id: 'wording.values',
      section,
      label: t('act.values'),
      keywords: 'variables 变量',
      shortcut: 'V',
      run: () => setOpen({ kind: 'values' }),
    },
    { id: 'wording.view', section, label: t('act.turn'), shortcut: 'M', run: () => show(view === 'list' ? 'matrix' : 'list') },
    { id: 'wording.search', section, label: t('filter'), shortcut: 'F', run: () => search.current?.focus() },
    { id: 'wording.next', section, label: t('act.next'), shortcut: ['J', 'ArrowDown'], hidden: true, run: () => move(1) },
    { id: 'wording.previous', section, label: t('act.previous'), shortcut: ['K', 'ArrowUp'], hidden: true, run: () => move(-1) },
  ])
  if (noIncident) {
    return (
      <Page>
        <FailureNotice failure={noIncident} />
      </Page>
    )
  }
  return (
    <Page wide>
      <PageHeader
        within={incidentId !== null}
        title={t(incidentId === null ? 'library' : 'title')}
        aside={rows.length > 0 && <LibraryStanding rows={rows} />}
        actions={
          <>
            <ActButton quiet readsOnly size="xs" shortcut="V" onAct={() => setOpen({ kind: 'values' })}>
              {t('act.values')}
            </ActButton>
            {incidentId !== null && (
              <ActButton quiet size="xs" shortcut="C" barred={barred} onAct={() => setOpen({ kind: 'copy' })}>
                {t('act.copy')}
              </ActButton>
            )}
            <ActButton size="xs" shortcut="A" barred={barred} onAct={() => write()}>
              {t('act.new')}
            </ActButton>
            <LibraryMenu
              incidentId={incidentId}
              barred={barred}
              hasTexts={rows.length > 0}
              hasLive={rows.some(({ status: now }) => now === 'published')}
              onStarter={() => setOpen({ kind: 'starter' })}
              onImport={() => setOpen({ kind: 'import' })}
              onRemoved={() => setStatus('removed')}
            />
          </>
        }
      />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {data && rows.length === 0 && status === null && (
        <EmptyState
          title={t(incidentId === null ? 'empty.library' : 'empty.incident')}
          actions={
            <>
              <ActButton barred={barred} onAct={() => setOpen({ kind: 'starter' })}>
                {t('starter.open')}
              </ActButton>
              <ActButton quiet barred={barred} onAct={() => setOpen({ kind: 'import' })}>
                {t('wording-files:open')}
              </ActButton>
              <ActButton quiet readsOnly onAct={() => setStatus('removed')}>
                {t('removed.show')}
              </ActButton>
            </>
          }
        >
          {t(incidentId === null ? 'empty.libraryText' : 'empty.incidentText')}
        </EmptyState>
      )}
      {(rows.length > 0 || status !== null) && (
        <>
          <div className={classes['tools']}>
            <SegmentedControl
              size="xs"
              aria-label={t('view.label')}
              value={view}
              onChange={show}
              data={[
                { value: 'matrix', label: t('view.matrix') },
                { value: 'list', label: t('view.list') },
              ]}
            />
            <TextInput
              ref={search}
              size="xs"
              className={classes['search'] ?? ''}
              value={filter}
              onChange={(event) => setFilter(event.currentTarget.value)}
              leftSection={<IconSearch size={14} aria-hidden="true" />}
              placeholder={t('filter')}
              aria-label={t('filter')}
              maxLength={100}
            />
            <NativeSelect
              size="xs"
              aria-label={t('column.status')}
              value={status ?? ''}
              onChange={(event) => setStatus(STATUS_FILTERS.find((one) => one === event.currentTarget.value) ?? null)}
              data={[
                { value: '', label: t('anyStatus') },
                ...WORDING_STATUSES.map((one) => ({ value: one, label: t(`status.${one}`) })),
                { value: 'unapproved', label: t('mark.unapproved') },
                { value: 'removed', label: t('removed.title') },
              ]}
            />
            {status !== 'removed' && shown.length < rows.length && (
              <span className={classes['none']}>{t('shown', { shown: shown.length, total: rows.length })}</span>
            )}
          </div>
          <div ref={body} className={classes['body']}>
            {shown.length === 0 && <p className={classes['none']}>{t(status === 'removed' ? 'removed.none' : 'nothing')}</p>}
            {status !== 'removed' && prepared.length > 0 && (
              <PreparedSection
                rows={prepared}
                barred={barredFrom('wording.publish', { incident })}
                onRelease={(row, revisionId) => setOpen({ kind: 'publish', row, revisionId })}
              />
            )}
            {status === 'removed' && <RemovedList rows={standing} incident={incident} />}
            {status !== 'removed' && view === 'matrix' && <MatrixView rows={standing} barred={barred} onWrite={write} />}
            {status !== 'removed' && view === 'list' && <ListView rows={standing} />}
          </div>
        </>
      )}
      {rows.some(({ live }) => live !== null) && (
        <ReachSection incidentId={incidentId} addressOf={(id) => wordingAddress(incidentId, id)} />
      )}
      {incident && <PromiseList incident={incident} wordingId={null} />}
      {open?.kind === 'new' && (
        <NewWordingDialog
          incident={incident}
          place={open.place}
          scenarios={scenariosOf(rows)}
          onClose={close}
          onMade={(id) => void navigate(wordingAddress(incidentId, id))}
        />
      )}
      {open?.kind === 'copy' && incident && (
        <CopyDialog incident={incident} present={rows} onClose={close} onCopied={(id) => void navigate(wordingAddress(incidentId, id))} />
      )}
      {open?.kind === 'starter' && <StarterDialog incidentId={incidentId} onClose={close} />}
      {open?.kind === 'import' && (
        <ImportWordings
          incidentId={incidentId}
          barred={barred}
          onClose={close}
          onDone={(result) => {
            close()
            tellImport(result)
          }}
        />
      )}
      {open?.kind === 'values' && <ValuesDialog incident={incident} rows={rows} onClose={close} />}
      {open?.kind === 'publish' && <PublishFromList incident={incident} row={open.row} revisionId={open.revisionId} onClose={close} />}
    </Page>
  )
}

function ListView({ rows }: { rows: readonly WordingRow[] }) {
  const { t } = useTranslation('wording')
  return byKind(rows).map((group) => (
    <section key={group.kind} className={classes['group']}>
      <h2>
        {t(`kind.${group.kind}`)} <span>{group.rows.length}</span>
      </h2>
      <WordingTable label={t(`kind.${group.kind}`)} rows={group.rows} />
    </section>
  ))
}

/** The matrix of scripts; below it the texts that have no place in it. */
function MatrixView({ rows, barred, onWrite }: { rows: readonly WordingRow[]; barred: string | null; onWrite: (place: NewPlace) => void }) {
  const inMatrix = rows.filter(({ kind, emotion }) => kind === 'script' || emotion !== null)
  const others = rows.filter((row) => !inMatrix.includes(row))
  return (
    <>
      {inMatrix.length > 0 && (
        <Matrix rows={inMatrix} barred={barred} onWrite={(scenario, emotion) => onWrite({ kind: 'script', scenario, emotion })} />
      )}
      {others.length > 0 && <ListView rows={others} />}
    </>
  )
}
