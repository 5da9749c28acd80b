import { useRead } from '#client/use-read.ts'
import type { RulesView } from '#contract/rules-api.ts'
import type { ApprovalPolicies } from '#domain/rules/approval-policy.ts'
import { WORDING_KINDS, WordingKind } from '#domain/wording/wording.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { DraftClash } from '#ui/DraftClash.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { Toolbar } from '#ui/Toolbar.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useFaults } from '#ui/use-faults.ts'
import { useKeptDraft } from '#ui/use-kept-draft.ts'
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoleList } from '../text/use-role-list.ts'
import { hasOwn, policyAt, POLICY_LEVELS, withoutPolicy, withPolicy, type PolicyPlace } from './policy-draft.ts'
import { DelegationSection } from './DelegationSection.tsx'
import classes from './Policy.module.css'
import { PolicyFields } from './PolicyFields.tsx'

const NONE: ApprovalPolicies = []

/** Who must approve a text, by its kind and the level of its incident (MS-15). */
export function PolicyPage() {
  const { t } = useTranslation('wording')
  const { data, failure, readAgain } = useRead('rules.get', {})
  return (
    <Page>
      <PageHeader
        title={t('policy.title')}
        aside={
          data?.changedAt && (
            <>
              {t('policy.changedBy', { name: data.changedByName ?? '' })} <Age at={data.changedAt} />
            </>
          )
        }
      />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {data && <PolicyForm view={data} />}
      <DelegationSection />
    </Page>
  )
}

function PolicyForm({ view }: { view: RulesView }) {
  const { t } = useTranslation('wording')
  const { act, busy, failure, barred } = usePermittedAct('rules.set')
  const offerUndo = useUndoNotice()
  const { approvals: stored = NONE, ...others } = view.rules
  const { value: policies, change: setPolicies, unchanged, clash, round, takeStored, keepMine } = useKeptDraft(stored)
  const { faulty, mark } = useFaults(round)
  const save = async () => {
    const done = await act({ version: view.version, rules: policies.length === 0 ? others : { ...others, approvals: policies } })
    if (!done.ok) return
    const { version } = done.value
    offerUndo(t('policy.saved'), () => act({ version, rules: view.rules }))
  }
  return (
    <form
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (barred === null && !unchanged && !clash && !faulty && !busy) void save()
      }}
    >
      <p className={classes['hint']}>{t('policy.hint')}</p>
      <Defaults policies={policies} />
      {/* The fields keep what is typed in them until another set of policies is taken. */}
      <ul key={round} className={classes['policies']}>
        {policies.map((one) => {
          const key = keyOf(one)
          return (
            <Guarded key={key} of={one} as="li">
              <li>
                <div className={classes['head']}>
                  <h2>
                    <PlaceName place={one} />
                  </h2>
                  <ActButton
                    quiet
                    size="compact-xs"
                    onAct={() => {
                      mark(key, false)
                      setPolicies((now) => withoutPolicy(now, one))
                    }}
                  >
                    {t('policy.remove')}
                  </ActButton>
                </div>
                <PolicyFields
                  policy={one.policy}
                  onChange={(policy) => setPolicies((now) => now.map((other) => (keyOf(other) === key ? { ...other, policy } : other)))}
                  onFault={(wrong) => mark(key, wrong)}
                />
              </li>
            </Guarded>
          )
        })}
      </ul>
      {clash && <DraftClash name={view.changedByName ?? ''} onTakeStored={takeStored} onKeepMine={keepMine} />}
      <NewPolicy policies={policies} onAdd={(place) => setPolicies((now) => withPolicy(now, place, policyAt(now, place)))} />
      {failure && <FailureNotice failure={failure} />}
      <Toolbar>
        <ActButton
          submit
          busy={busy}
          barred={barred ?? (clash ? t('ui:clash.chooseFirst') : faulty ? t('policy.faulty') : unchanged ? t('unchanged') : null)}
        >
          {t('policy.act')}
        </ActButton>
        <span className={classes['hint']}>{t('policy.keeps')}</span>
      </Toolbar>
    </form>
  )
}

const keyOf = ({ kind, level }: PolicyPlace) => `${kind ?? 'all'} ${level ?? 'all'}`

function PlaceName({ place: { kind, level } }: { place: PolicyPlace }) {
  const { t } = useTranslation('wording')
  const texts = kind === null ? t('policy.allKinds') : t(`kind.${kind}`)
  const where =
    level === null ? t('policy.everywhere') : level === 0 ? t('library') : t('policy.atLevel', { level: t(`terms:level.${level}`) })
  return `${texts} · ${where}`
}

/** The policies in force where nothing more specific is set: one line per level. */
function Defaults({ policies }: { policies: ApprovalPolicies }) {
  const { t } = useTranslation('wording')
  const list = useRoleList()
  return (
    <table className={classes['table']}>
      <caption>{t('policy.inForce')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('policy.where')}</th>
          <th scope="col">{t('policy.roles')}</th>
          <th scope="col">{t('policy.minutes')}</th>
        </tr>
      </thead>
      <tbody>
        {POLICY_LEVELS.map((level) => {
          const general = policies.filter(({ kind }) => kind === null)
          const { roles, inOrder, dueMinutes } = policyAt(general, { kind: null, level })
          return (
            <tr key={level}>
              <th scope="row">{level === 0 ? t('library') : t('policy.atLevel', { level: t(`terms:level.${level}`) })}</th>
              <td>
                {roles.length === 1 ? list(roles) : t(inOrder ? 'policy.inOrderLine' : 'policy.parallelLine', { roles: list(roles) })}
              </td>
              <td>{dueMinutes}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function NewPolicy({ policies, onAdd }: { policies: ApprovalPolicies; onAdd: (place: PolicyPlace) => void }) {
  const { t } = useTranslation('wording')
  const [place, setPlace] = useState<PolicyPlace>({ kind: null, level: null })
  return (
    <Toolbar>
      <NativeSelect
        size="xs"
        aria-label={t('field.kind')}
        value={place.kind ?? ''}
        onChange={(event) => {
          const kind = WordingKind.safeParse(event.currentTarget.value).data ?? null
          setPlace((now) => ({ ...now, kind }))
        }}
        data={[{ value: '', label: t('policy.allKinds') }, ...WORDING_KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))]}
      />
      <NativeSelect
        size="xs"
        aria-label={t('policy.where')}
        value={place.level === null ? '' : String(place.level)}
        onChange={(event) => {
          const level = POLICY_LEVELS.find((one) => String(one) === event.currentTarget.value) ?? null
          setPlace((now) => ({ ...now, level }))
        }}
        data={[
          { value: '', label: t('policy.everywhere') },
          ...POLICY_LEVELS.map((one) => ({
            value: String(one),
            label: one === 0 ? t('library') : t('policy.atLevel', { level: t(`terms:level.${one}`) }),
          })),
        ]}
      />
      <ActButton quiet size="xs" barred={hasOwn(policies, place) ? t('policy.hasOwn') : null} onAct={() => onAdd(place)}>
        {t('policy.add')}
      </ActButton>
    </Toolbar>
  )
}
