import { useRead } from '#client/use-read.ts'
import type { RulesView } from '#contract/rules-api.ts'
import type { Failure } from '#contract/failures.ts'
import { DEFAULT_RISK_WEIGHTS } from '#domain/risk/risk.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClockLimits } from './ClockLimits.tsx'
import { HourLimits } from './HourLimits.tsx'
import classes from './Rules.module.css'
import { WeightFields } from './WeightFields.tsx'

/**
 * The team settings: clock limits, risk weights, lease, and duration of lent authority. Open incidents keep the values they started with.
 */
export function RulesPage() {
  const { t } = useTranslation('rules')
  const { data, failure, readAgain } = useRead('rules.get', {})
  return (
    <Page>
      <PageHeader title={t('title')} aside={data && <LastChange view={data} />} />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {data && <RulesForm key={data.version} view={data} />}
    </Page>
  )
}

function LastChange({ view }: { view: RulesView }) {
  const { t } = useTranslation('rules')
  if (view.changedAt === null) return <span className={classes['note']}>{t('ours')}</span>
  return (
    <span className={classes['note']}>
      {t('changedBy', { name: view.changedByName ?? '' })} <Age at={view.changedAt} />
    </span>
  )
}

function RulesForm({ view }: { view: RulesView }) {
  const { t } = useTranslation('rules')
  const { act, busy, barred: refused } = usePermittedAct('rules.set')
  const offerUndo = useUndoNotice()
  const [rules, setRules] = useState(view.rules)
  const [faults, setFaults] = useState<ReadonlySet<string>>(new Set())
  const [failure, setFailure] = useState<Failure | null>(null)
  const weights = rules.riskWeights ?? DEFAULT_RISK_WEIGHTS
  const unchanged = JSON.stringify(rules) === JSON.stringify(view.rules)
  const barred = refused ?? (faults.size > 0 ? t('faulty') : unchanged ? t('unchanged') : null)

  const save = async () => {
    const result = await act({ version: view.version, rules })
    if (!result.ok) return setFailure(result.failure)
    const { version } = result.value
    offerUndo(t('saved'), () => act({ version, rules: view.rules }))
  }

  const noteFault = (field: string, faulty: boolean) =>
    setFaults((before) => {
      const next = new Set(before)
      if (faulty) next.add(field)
      else next.delete(field)
      return next
    })

  return (
    <form
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (barred === null && !busy) void save()
      }}
    >
      <ClockLimits rules={rules} onChange={setRules} onFault={noteFault} />
      <WeightFields
        weights={weights}
        onChange={(changed) => {
          const { riskWeights: _before, ...rest } = rules
          setRules(changed === null ? rest : { ...rest, riskWeights: changed })
        }}
      />
      <HourLimits rules={rules} onChange={setRules} onFault={noteFault} />
      {failure && <FailureNotice failure={failure} />}
      <div className={classes['act']}>
        <ActButton submit busy={busy} barred={barred}>
          {t('act')}
        </ActButton>
        <p className={classes['note']}>{t('keeps')}</p>
      </div>
    </form>
  )
}
