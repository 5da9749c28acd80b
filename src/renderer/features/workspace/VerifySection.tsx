import { useAct } from '#client/use-act.ts'
import { useIncidents } from '#client/use-incidents.ts'
import type { Failure } from '#contract/failures.ts'
import type { WorkspaceStatus, VerifyReport } from '#contract/workspace-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './DataPage.module.css'

const HASH_SHOWN = 12

/** Integrity of the files and of the hash chain: the last background check, and a full one on demand. */
export function VerifySection({ integrity }: { integrity: WorkspaceStatus['integrity'] }) {
  const { t } = useTranslation('workspace')
  const { act, busy } = useAct('workspace.verify')
  const [report, setReport] = useState<VerifyReport | null>(null)
  const [refused, setRefused] = useState<Failure | null>(null)
  const verify = async () => {
    const result = await act({})
    setRefused(result.ok ? null : result.failure)
    if (result.ok) setReport(result.value)
  }
  return (
    <Section title={t('verify.title')}>
      <p className={classes['note']}>{t('verify.note')}</p>
      {integrity && (
        <p className={classes['line']}>
          <span className={integrity.ok ? classes['good'] : classes['bad']}>
            {t(integrity.ok ? 'verify.backgroundGood' : 'verify.backgroundBad')}
          </span>
          <Age at={integrity.checkedAt} />
          {integrity.detail && <code className={classes['path']}>{integrity.detail}</code>}
        </p>
      )}
      <p className={classes['line']}>
        <ActButton readsOnly quiet busy={busy} onAct={() => void verify()}>
          {t('verify.act')}
        </ActButton>
      </p>
      {refused && <FailureNotice failure={refused} />}
      <div aria-live="polite">{report && <Report report={report} />}</div>
    </Section>
  )
}

function Report({ report }: { report: VerifyReport }) {
  const { t, i18n } = useTranslation('workspace')
  const wordScope = useScopeWords()
  const count = new Intl.NumberFormat(i18n.language)
  return (
    <>
      <p className={report.ok ? classes['good'] : classes['bad']}>
        {report.ok
          ? t('verify.good', { count: report.records, records: count.format(report.records) })
          : t(report.scopes.some(({ fault }) => fault?.kind === 'hub') ? 'verify.badHub' : 'verify.bad')}
      </p>
      {report.hub && (
        <p className={classes['note']}>
          {report.hub.reached ? t('verify.hub', { records: count.format(report.hub.records) }) : t('verify.hubAway')}
        </p>
      )}
      <table className={classes['table']}>
        <caption>{t('verify.databases')}</caption>
        <tbody>
          {report.databases.map((database) => (
            <tr key={database.file}>
              <td>
                <code>{database.file}</code>
              </td>
              <td className={database.ok ? classes['good'] : classes['bad']}>
                {database.ok ? `✔ ${t('verify.sound')}` : `✘ ${database.detail ?? t('verify.unsound')}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className={classes['table']}>
        <caption>{t('verify.scopes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('verify.scope')}</th>
            <th scope="col" className={classes['number']}>
              {t('verify.records')}
            </th>
            <th scope="col">{t('verify.head')}</th>
            <th scope="col">{t('verify.state')}</th>
          </tr>
        </thead>
        <tbody>
          {report.scopes.map((scope) => (
            <tr key={scope.scope}>
              <td title={scope.scope}>{wordScope(scope.scope)}</td>
              <td className={classes['number']}>{count.format(scope.records)}</td>
              <td>
                <code title={scope.head}>{scope.head.slice(0, HASH_SHOWN)}</code>
              </td>
              <td className={scope.fault ? classes['bad'] : classes['good']}>
                {scope.fault ? `✘ ${t(`verify.fault.${scope.fault.kind}`, { seq: scope.fault.seq })}` : `✔ ${t('verify.unbroken')}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** The name of a scope: the team, an incident's title, the own rejections. */
function useScopeWords(): (scope: string) => string {
  const { t } = useTranslation('workspace')
  const incidents = useIncidents().data
  return (scope) => {
    if (scope === 'team') return t('verify.team')
    const [kind, id] = scope.split(':')
    if (kind === 'private') return t('verify.private')
    const title = incidents?.find((incident) => incident.id === id)?.title
    return title ? t(kind === 'customers' ? 'verify.customers' : 'verify.incident', { title }) : scope
  }
}
