import { shelfOfRoom } from '#client/demo-room.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import { MINUTE } from '#domain/durations.ts'
import { clockRulesOf } from '#domain/rules/team-rules.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { currentTime, useNow } from '#ui/time/use-now.ts'
import { Anchor } from '@mantine/core'
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
  type DeclareDraft,
  type DraftField,
} from './declare-draft.ts'
import { DeclareFields } from './DeclareFields.tsx'
import classes from './DeclareForm.module.css'
import { DeclareTerms } from './DeclareTerms.tsx'

/** The declaration form: three required decisions (title, type, level); the rest is optional. */
export function DeclareForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('incidents')
  const navigate = useNavigate()
  const { act, busy, barred } = usePermittedAct('incidents.declare')
  const rules = useRead('rules.get', {}).data?.rules ?? {}
  const me = useRead('workspace.status', {}).data?.me
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
  const wordFault = (field: DraftField) => (faults[field] ? t(`fault.${faults[field]}`) : null)
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
        <DeclareFields draft={draft} onChange={change} wordFault={wordFault} />
      </div>
      <aside className={classes['aside']}>
        <DeclareTerms draft={draft} onChange={change} wordFault={wordFault} me={me} />
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
