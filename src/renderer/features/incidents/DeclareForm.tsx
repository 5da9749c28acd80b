import { shelfOfRoom } from '#client/demo-room.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import { MINUTE } from '#domain/durations.ts'
import { IncidentMode } from '#domain/incidents/incident.ts'
import { clockRulesOf } from '#domain/rules/team-rules.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { ReaderChoice } from '#ui/ReaderChoice.tsx'
import { StagePath } from '#ui/StagePath.tsx'
import { currentTime, useNow } from '#ui/time/use-now.ts'
import { WhenField } from '#ui/time/WhenField.tsx'
import { Anchor, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ClockPreview } from './ClockPreview.tsx'
import {
  apologyOf,
  beganAt,
  EMPTY_DRAFT,
  faultsOf,
  keepDraft,
  levelOf,
  loadDraft,
  suggestedLevel,
  type DeclareDraft,
} from './declare-draft.ts'
import classes from './DeclareForm.module.css'
import { LevelChoice } from './LevelChoice.tsx'
import { TypeChoice } from './TypeChoice.tsx'

/** The declaration form: three required decisions (title, type, level); the rest is optional. */
export function DeclareForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('incidents')
  const navigate = useNavigate()
  const { act, busy, barred } = usePermittedAct('incidents.declare')
  const rules = useRead('rules.get', {}).data?.rules ?? {}
  const me = useRead('workspace.status', {}).data?.me
  const members = (useRead('workspace.members', {}).data ?? []).filter((member) => member.status === 'active')
  const [restored] = useState(() => loadDraft(shelfOfRoom(sessionStorage)))
  const [draft, setDraft] = useState<DeclareDraft>(restored ?? EMPTY_DRAFT)
  const [tried, setTried] = useState(false)
  const [refused, setRefused] = useState<Failure | null>(null)
  useEffect(() => keepDraft(shelfOfRoom(sessionStorage), draft), [draft])

  const change = (part: Partial<DeclareDraft>) => setDraft((before) => ({ ...before, ...part }))
  const level = levelOf(draft)
  const apologyDue = apologyOf(draft)
  const minute = useNow(MINUTE)
  const isPast = draft.mode === 'historical'
  const faults = tried ? faultsOf(draft, minute) : {}
  const wordFault = (field: keyof typeof faults) => (faults[field] ? t(`fault.${faults[field]}`) : null)
  const clockCount = level && draft.type ? Object.keys(clockRulesOf(rules, level, draft.type, apologyDue)).length : 0

  const declare = async () => {
    setTried(true)
    const now = currentTime()
    const wrong = faultsOf(draft, now)
    if (draft.type === null || level === null || Object.keys(wrong).length > 0) return
    const { title, type, stage, known, mode, restrictedTo } = draft
    const result = await act({
      title,
      type,
      level,
      stage,
      known,
      mode,
      ...(isPast ? { declaredAt: beganAt(draft, now) ?? now } : { apologyDue }),
      ...(restrictedTo && me ? { restrictedTo: [...new Set([me.id, ...restrictedTo])] } : {}),
    })
    if (!result.ok) return setRefused(result.failure)
    setDraft(EMPTY_DRAFT)
    keepDraft(shelfOfRoom(sessionStorage), EMPTY_DRAFT)
    onDone()
    // After declaring, the incident opens with its composer.
    return navigate(`/incidents/${result.value.id}`, { state: { write: true } })
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) void declare()
  }

  return (
    <form className={classes['form']} onSubmit={onSubmit} noValidate>
      <div className={classes['fields']}>
        {restored && (
          <p className={classes['restored']}>
            {t('declare.restored')}{' '}
            <Anchor component="button" type="button" onClick={() => setDraft(EMPTY_DRAFT)}>
              {t('declare.clear')}
            </Anchor>
          </p>
        )}
        <div data-field="title">
          <FieldRow label={t('field.title')} required error={wordFault('title')}>
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                aria-describedby={describedBy}
                aria-required
                error={faults.title !== undefined}
                size="md"
                data-autofocus
                value={draft.title}
                placeholder={t('field.titleExample')}
                onChange={(event) => change({ title: event.currentTarget.value })}
              />
            )}
          </FieldRow>
        </div>
        <div data-field="type">
          <FieldRow label={t('field.type')} required group error={wordFault('type')} hint={t('field.typeHint')}>
            {() => <TypeChoice value={draft.type} onChange={(type) => change({ type })} />}
          </FieldRow>
        </div>
        <div data-field="level">
          <FieldRow
            label={t('field.level')}
            required
            group
            error={wordFault('level')}
            hint={draft.type ? t('field.levelHint', { level: t(`terms:level.${suggestedLevel(draft.type)}`) }) : undefined}
          >
            {() => <LevelChoice value={level} onChange={(chosen) => change({ level: chosen })} />}
          </FieldRow>
        </div>
        <FieldRow label={t('field.stage')} group>
          {() => (
            <>
              <StagePath stage={draft.stage} onPick={(stage) => change({ stage })} />
              <p className={classes['sign']}>{t(`terms:stageSign.${draft.stage}`)}</p>
            </>
          )}
        </FieldRow>
        <div data-field="known">
          <FieldRow label={t('field.known')} hint={t('field.knownHint')} error={wordFault('known')}>
            {({ id, describedBy }) => (
              <GrowingText
                id={id}
                aria-describedby={describedBy}
                minRows={2}
                maxRows={8}
                error={faults.known !== undefined}
                value={draft.known}
                onChange={(event) => change({ known: event.currentTarget.value })}
              />
            )}
          </FieldRow>
        </div>
      </div>
      <aside className={classes['aside']}>
        <FieldRow label={t('field.mode')} group>
          {({ labelId }) => (
            <SegmentedControl
              aria-labelledby={labelId}
              value={draft.mode}
              onChange={(mode) => change({ mode: IncidentMode.catch('real').parse(mode) })}
              data={[
                { value: 'real', label: t('terms:mode.real') },
                { value: 'drill', label: t('terms:mode.drill') },
                { value: 'historical', label: t('terms:mode.historical') },
              ]}
            />
          )}
        </FieldRow>
        {isPast ? (
          <div data-field="declaredAt">
            <FieldRow label={t('field.declaredAt')} required group error={wordFault('declaredAt')} hint={t('field.declaredAtHint')}>
              {() => (
                <WhenField
                  value={draft.declaredAt}
                  onChange={(declaredAt) => change({ declaredAt })}
                  problem={faults.declaredAt !== undefined}
                />
              )}
            </FieldRow>
          </div>
        ) : (
          <Switch
            label={t('field.apology')}
            checked={apologyDue}
            onChange={(event) => change({ apologyDue: event.currentTarget.checked })}
          />
        )}
        {me && members.length > 1 && (
          <>
            <Switch
              label={t('field.restricted')}
              checked={draft.restrictedTo !== null}
              onChange={(event) => change({ restrictedTo: event.currentTarget.checked ? [] : null })}
            />
            {draft.restrictedTo && (
              <ReaderChoice
                members={members}
                always={[me.id]}
                chosen={draft.restrictedTo}
                onChange={(restrictedTo) => change({ restrictedTo })}
              />
            )}
          </>
        )}
        {!isPast && <ClockPreview level={level} type={draft.type} apologyDue={apologyDue} />}
        {refused && <FailureNotice failure={refused} />}
        <div className={classes['act']}>
          <ActButton submit busy={busy} barred={barred}>
            {level
              ? t(isPast ? 'declare.actPast' : draft.mode === 'drill' ? 'declare.actDrill' : 'declare.act', {
                  level: t(`terms:level.${level}`),
                  count: clockCount,
                })
              : t('declare.title')}
          </ActButton>
          <p className={classes['keys']}>
            <Kbd shortcut="mod+Enter" />
          </p>
        </div>
      </aside>
    </form>
  )
}
