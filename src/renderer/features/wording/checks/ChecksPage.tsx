import { useRead } from '#client/use-read.ts'
import type { RulesView } from '#contract/rules-api.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { DraftClash } from '#ui/DraftClash.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { Toolbar } from '#ui/Toolbar.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useKeptDraft } from '#ui/use-kept-draft.ts'
import { useTranslation } from 'react-i18next'
import { NO_CHANGES } from './checks-draft.ts'
import classes from './Checks.module.css'
import { OwnTerms } from './OwnTerms.tsx'
import { ShippedRules } from './ShippedRules.tsx'
import { TryText } from './TryText.tsx'

/** What is checked in every text: the shipped rules, which the team switches off for a reason, and its own terms. */
export function ChecksPage() {
  const { t } = useTranslation('wording-checks')
  const { data, failure, readAgain } = useRead('rules.get', {})
  return (
    <Page>
      <PageHeader
        title={t('title')}
        aside={
          data?.changedAt && (
            <>
              {t('changedBy', { name: data.changedByName ?? '' })} <Age at={data.changedAt} />
            </>
          )
        }
      />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {data && <ChecksForm view={data} />}
    </Page>
  )
}

function ChecksForm({ view }: { view: RulesView }) {
  const { t } = useTranslation('wording-checks')
  const { act, busy, failure, barred } = usePermittedAct('rules.set')
  const offerUndo = useUndoNotice()
  const { wordingChecks: stored = NO_CHANGES, ...others } = view.rules
  const { value: checks, change, unchanged, clash, takeStored, keepMine } = useKeptDraft(stored)
  const save = async () => {
    const none = checks.off.length === 0 && checks.terms.length === 0
    const done = await act({ version: view.version, rules: none ? others : { ...others, wordingChecks: checks } })
    if (!done.ok) return
    const { version } = done.value
    offerUndo(t('saved'), () => act({ version, rules: view.rules }))
  }
  return (
    <div className={classes['page']}>
      <p className={classes['hint']}>{t('hint')}</p>
      {barred !== null && <p className={classes['barred']}>{barred}</p>}
      <TryText checks={checks} />
      <OwnTerms checks={checks} barred={barred} onChange={change} />
      <ShippedRules checks={checks} barred={barred} onChange={change} />
      <div className={classes['bar']}>
        {clash && <DraftClash name={view.changedByName ?? ''} onTakeStored={takeStored} onKeepMine={keepMine} />}
        {failure && <FailureNotice failure={failure} />}
        <Toolbar>
          <ActButton
            busy={busy}
            barred={barred ?? (clash ? t('ui:clash.chooseFirst') : unchanged ? t('unchanged') : null)}
            onAct={() => void save()}
          >
            {t('act')}
          </ActButton>
          {!unchanged && !clash && (
            <ActButton quiet readsOnly onAct={takeStored}>
              {t('forget')}
            </ActButton>
          )}
          <span className={classes['hint']}>{t(unchanged ? 'keeps' : 'unsaved')}</span>
        </Toolbar>
      </div>
    </div>
  )
}
