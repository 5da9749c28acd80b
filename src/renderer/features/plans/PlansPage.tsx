import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { PlanView } from '#contract/plan-api.ts'
import type { Failure } from '#contract/failures.ts'
import { SHIPPED_PLANS } from '#domain/plans/shipped/index.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader } from '#ui/Page.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { hasPlanDraft, NEW_PLAN } from './editor/plan-draft.ts'
import { PlanEditor } from './editor/PlanEditor.tsx'
import { PlanDifferences } from './PlanDifferences.tsx'
import { usePlanWords } from './plan-language.ts'
import { PlanList } from './PlanList.tsx'
import { PlanReading } from './PlanReading.tsx'
import { PlanVersions } from './PlanVersions.tsx'
import styles from './PlansPage.module.css'

/** The alternatives to the plain view of a plan. */
type PlanFace = 'edit' | 'compare' | 'versions'

/** The team's plans: list, content, and editing. */
export function PlansPage() {
  const { t } = useTranslation('plans')
  const { words } = usePlanWords()
  const { planId } = useParams()
  const navigate = useNavigate()
  const [address, setAddress] = useSearchParams()
  const barred = usePermit('plan.save')
  const { data, failure, readAgain } = useRead('plans.list', {})
  const list = useRef<HTMLDivElement>(null)
  const plans = data ?? []
  const isNew = planId === NEW_PLAN
  const plan = isNew
    ? null
    : (plans.find((one) => one.id === planId) ?? (planId === undefined ? (plans.find((one) => !one.retired) ?? null) : null))
  const view = address.get('view')
  const show = (next: PlanFace | null) => setAddress(next === null ? {} : { view: next }, { replace: next === null })
  const moveFocus = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a') ?? [])]
    const now = links.findIndex((link) => link === document.activeElement)
    links[now < 0 ? 0 : now + by]?.focus()
  }
  const section = t('title')
  const create = () => void navigate(`/plans/${NEW_PLAN}`)
  useCommands([
    {
      id: 'plans.new',
      section,
      label: t('act.create'),
      keywords: 'plan new 新预案',
      shortcut: 'A',
      disabled: barred !== null,
      run: create,
    },
    { id: 'plans.next', section, label: t('list.next'), shortcut: ['J', 'ArrowDown'], hidden: true, run: () => moveFocus(1) },
    { id: 'plans.previous', section, label: t('list.previous'), shortcut: ['K', 'ArrowUp'], hidden: true, run: () => moveFocus(-1) },
    {
      id: 'plans.edit',
      section,
      label: t('act.edit'),
      keywords: 'plan edit 修改预案',
      shortcut: 'E',
      disabled: barred !== null || plan === null || view === 'edit',
      run: () => show('edit'),
    },
    {
      id: 'plans.versions',
      section,
      label: t('act.versions'),
      keywords: 'plan history versions 历史版本',
      shortcut: 'H',
      disabled: plan === null || plan.version < 2 || view === 'edit',
      run: () => show(view === 'versions' ? null : 'versions'),
    },
  ])
  const editing = isNew || (plan !== null && view === 'edit')
  return (
    <Page wide>
      <PageHeader
        title={t('title')}
        aside={data && t('standing', { count: plans.filter((one) => !one.retired).length })}
        actions={
          <ActButton quiet={plan !== null} barred={barred ?? (isNew ? t('act.creating') : null)} shortcut="A" onAct={create}>
            {t('act.create')}
          </ActButton>
        }
      />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      <div className={styles['columns']}>
        <div ref={list} className={styles['list']}>
          <PlanList plans={plans} shown={plan?.id ?? null} />
        </div>
        <div className={styles['plan']}>
          {data && plan === null && !isNew && <EmptyState title={t('missing.title')}>{t('missing.text')}</EmptyState>}
          {isNew && <h2 className={styles['title']}>{t('act.create')}</h2>}
          {plan && <PlanHead key={`head-${plan.id}`} plan={plan} title={words(plan.content.title)} view={view} onView={show} />}
          {editing && data && (
            <PlanEditor
              key={`edit-${plan?.id ?? NEW_PLAN}`}
              plan={plan}
              onSaved={(saved) => void navigate(`/plans/${saved.id}`)}
              onLeave={() => (isNew ? void navigate('/plans') : show(null))}
            />
          )}
          {plan && view === 'compare' && <CompareShipped plan={plan} />}
          {plan && view === 'versions' && (
            <PlanVersions
              key={`versions-${plan.id}`}
              planId={plan.id}
              shown={Number(address.get('version')) || null}
              onShow={(version) => setAddress({ view: 'versions', version: String(version) }, { replace: true })}
            />
          )}
          {plan && !editing && view !== 'compare' && view !== 'versions' && <PlanReading plan={plan} />}
        </div>
      </div>
    </Page>
  )
}

const shippedContent = (planId: string) => SHIPPED_PLANS.find((one) => one.id === planId)?.content

function CompareShipped({ plan }: { plan: PlanView }) {
  const { t } = useTranslation('plans')
  const shipped = shippedContent(plan.id)
  return shipped ? <PlanDifferences from={shipped} to={plan.content} title={t('compare.shipped')} /> : null
}

function PlanHead({
  plan,
  title,
  view,
  onView,
}: {
  plan: PlanView
  title: string
  view: string | null
  onView: (view: PlanFace | null) => void
}) {
  const { t } = useTranslation('plans')
  const navigate = useNavigate()
  const retire = useAct('plans.retire')
  const retireBarred = usePermit('plan.retire')
  const saveBarred = usePermit('plan.save')
  const save = useAct('plans.save')
  const offerUndo = useUndoNotice()
  const [failure, setFailure] = useState<Failure | null>(null)
  const setRetired = async (retired: boolean) => {
    const result = await retire.act({ planId: plan.id, retired })
    setFailure(result.ok ? null : result.failure)
    return result
  }
  const toggleRetired = async () => {
    const retired = !plan.retired
    const done = await setRetired(retired)
    if (done.ok) offerUndo(t(retired ? 'act.retired' : 'act.restored', { title }), () => setRetired(!retired))
  }
  const copy = async () => {
    const result = await save.act({
      version: 0,
      content: { ...plan.content, title: t('act.copyTitle', { title }) },
      note: t('act.copyNote', { title, version: plan.version }),
    })
    setFailure(result.ok ? null : result.failure)
    if (result.ok) void navigate(`/plans/${result.value.id}?view=edit`)
  }
  return (
    <>
      <div className={styles['head']}>
        <h2 className={styles['title']}>{title}</h2>
        <span className={styles['facts']}>
          {t(`origin.${plan.origin}`)} · {t('version', { version: plan.version })}
          {plan.retired && ` · ${t('list.retired')}`}
        </span>
        {view !== 'edit' && (
          <div className={styles['acts']}>
            <ActButton size="xs" shortcut="E" barred={saveBarred} onAct={() => onView('edit')}>
              {t(hasPlanDraft(plan.id) ? 'act.editDraft' : 'act.edit')}
            </ActButton>
            {plan.origin === 'changed' && (
              <ActButton size="xs" quiet readsOnly onAct={() => onView(view === 'compare' ? null : 'compare')}>
                {t(view === 'compare' ? 'act.read' : 'act.compare')}
              </ActButton>
            )}
            {plan.version > 1 && (
              <ActButton size="xs" quiet readsOnly shortcut="H" onAct={() => onView(view === 'versions' ? null : 'versions')}>
                {t(view === 'versions' ? 'act.read' : 'act.versions')}
              </ActButton>
            )}
            <ActButton size="xs" quiet busy={save.busy} barred={saveBarred} onAct={() => void copy()}>
              {t('act.copy')}
            </ActButton>
            <ActButton size="xs" quiet busy={retire.busy} barred={retireBarred} onAct={() => void toggleRetired()}>
              {t(plan.retired ? 'act.restore' : 'act.retire')}
            </ActButton>
          </div>
        )}
      </div>
      {failure && <FailureNotice failure={failure} />}
    </>
  )
}
