import { useRead } from '#client/use-read.ts'
import type { RulesView } from '#contract/rules-api.ts'
import type { TeamRules } from '#domain/rules/team-rules.ts'
import { DEFAULT_RISK_WEIGHTS } from '#domain/risk/risk.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { DraftClash } from '#ui/DraftClash.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useFaults } from '#ui/use-faults.ts'
import { useKeptDraft } from '#ui/use-kept-draft.ts'
import { useTranslation } from 'react-i18next'
import { ClockLimits } from './ClockLimits.tsx'
import { HourLimits } from './HourLimits.tsx'
import classes from './Rules.module.css'
import { rulesOfPage } from './rules-draft.ts'
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
      {data && <RulesForm view={data} />}
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
  const { act, busy, failure, barred: refused } = usePermittedAct('rules.set')
  const offerUndo = useUndoNotice()
  const { own, others } = rulesOfPage(view.rules)
  const { value: rules, change, unchanged, clash, round, takeStored, keepMine } = useKeptDraft(own)
  const { faulty, mark } = useFaults(round)
  const setRules = (next: TeamRules) => change(() => next)
  const weights = rules.riskWeights ?? DEFAULT_RISK_WEIGHTS
  const barred = refused ?? (clash ? t('ui:clash.chooseFirst') : faulty ? t('faulty') : unchanged ? t('unchanged') : null)

  const save = async () => {
    const result = await act({ version: view.version, rules: { ...others, ...rules } })
    if (!result.ok) return
    const { version } = result.value
    offerUndo(t('saved'), () => act({ version, rules: view.rules }))
  }

  return (
    <form
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (barred === null && !busy) void save()
      }}
    >
      {/* The fields keep what is typed in them until other rules are taken. */}
      <ClockLimits key={`clocks ${round}`} rules={rules} onChange={setRules} onFault={mark} />
      <WeightFields
        weights={weights}
        onChange={(changed) => {
          const { riskWeights: _before, ...rest } = rules
          setRules(changed === null ? rest : { ...rest, riskWeights: changed })
        }}
      />
      <HourLimits key={`hours ${round}`} rules={rules} onChange={setRules} onFault={mark} />
      {clash && <DraftClash name={view.changedByName ?? ''} onTakeStored={takeStored} onKeepMine={keepMine} />}
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
