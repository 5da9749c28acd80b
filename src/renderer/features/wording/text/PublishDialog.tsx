import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { RevisionRow, WordingView } from '#contract/wording-api.ts'
import { missingValues } from '#domain/wording/values.ts'
import type { VariableValues } from '#domain/wording/wording.ts'
import { DeliveryFields, deliveryDraft, deliveryOf, useGroups, useReachedNotice } from '#features/agents'
import { usePermittedAct } from '#features/permissions'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FieldGrid, FormDialog } from '#ui/FormDialog.tsx'
import { LongTextField } from '#ui/LongTextField.tsx'
import { currentTime } from '#ui/time/use-now.ts'
import { useSubmit } from '#ui/use-submit.ts'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PromiseFields } from '../promises/PromiseFields.tsx'
import { promisesOf, type PromisesTyped } from '../promises/promise-inputs.ts'
import { ContentReading } from './ContentReading.tsx'
import { MomentField, momentOf } from './MomentField.tsx'
import classes from './PublishDialog.module.css'
import { useSuggestedSummary } from './use-suggested-summary.ts'
import { VariableName } from './VariableName.tsx'

type Props = {
  wording: WordingView
  incident: IncidentView | undefined
  revision: RevisionRow
  /** Release before the approval is complete: executives only, with a reason. */
  emergency: boolean
  onClose: () => void
}

/** Publishes a revision, or releases it in an emergency. It shows the text as it will be read, and asks for missing values right there. */
export function PublishDialog({ wording, incident, revision, emergency, onClose }: Props) {
  const { t } = useTranslation('wording')
  const { incidentId, id: wordingId, live, past } = wording
  const isAgain = live?.revisionId === revision.id
  const { data, failure } = useRead('wordings.revision', { incidentId, revisionId: revision.id })
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const suggested = useSuggestedSummary(wording, data?.content)
  const [typedSummary, setSummary] = useState<string | null>(null)
  const summary = typedSummary ?? suggested
  const { groups } = useGroups()
  const [draft, setDraft] = useState(() => deliveryDraft((live ?? past[0])?.delivery))
  const sayReached = useReachedNotice()
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState<VariableValues>({})
  const [promised, setPromised] = useState<PromisesTyped>({})
  const values = usePermittedAct('wordings.setValues', { incident })
  const publish = usePermittedAct('wordings.publish', { incident })
  const release = usePermittedAct('wordings.release', { incident })
  const ask = usePermittedAct('wordings.ask', { incident })
  const act = emergency ? release : publish
  const missing = data ? missingValues(data.content, wording.values, wording.kind) : []
  // An approval is of the text with its values: one more value is approved first, unless the text is prepared for filling in.
  const asks = missing.length > 0 && !emergency && wording.preparedFor === ''
  const unset = missing.filter((name) => (typed[name] ?? '').trim() === '')
  const [start, end] = [momentOf(from), momentOf(until)]
  // A value that a colleague has stored meanwhile is the one that is published.
  const filledWith = { ...wording.values, ...Object.fromEntries(missing.map((name) => [name, typed[name] ?? ''])) }
  // A promise belongs to an incident: the standing library makes none.
  const promises = data && incidentId !== null ? promisesOf(data.content, filledWith, promised, currentTime()) : []
  const noReason = emergency && reason.trim() === ''
  // The same words to others, or once more: nothing has changed in them.
  const noSummary = live !== null && !isAgain && summary.trim() === ''
  const delivery = deliveryOf(draft, groups)
  const complete =
    data &&
    delivery !== null &&
    unset.length === 0 &&
    !Number.isNaN(start) &&
    !Number.isNaN(end) &&
    !noReason &&
    (asks || (!noSummary && promises !== null))
  const put = async () => {
    // The values first: a text is published with those that are stored.
    if (missing.length > 0) {
      const set = await values.act({ incidentId, values: Object.fromEntries(missing.map((name) => [name, typed[name] ?? ''])) })
      if (!set.ok) return set
    }
    if (asks) return ask.act({ incidentId, wordingId, revisionId: revision.id })
    const input = {
      incidentId,
      wordingId,
      revisionId: revision.id,
      hash: revision.hash,
      until: end,
      summary,
      ...(delivery ? { delivery } : {}),
      ...(promises?.length ? { promises } : {}),
    }
    return emergency ? release.act({ ...input, reason }) : publish.act({ ...input, from: start })
  }
  const form = useSubmit(
    { act: put, busy: values.busy || ask.busy || act.busy, failure: act.failure ?? ask.failure ?? values.failure, barred: act.barred },
    {
      input: complete ? {} : null,
      onDone: () => {
        // A scheduled version has reached nobody yet.
        if (start === null && !asks) sayReached({ incidentId, wordingId, revisionId: revision.id, number: revision.number })
        onClose()
      },
    },
  )
  const actLabel = () => {
    const { number } = revision
    if (asks) return t('publish.actAsk', { number })
    if (emergency) return t('release.act', { number })
    if (start !== null) return t('publish.actLater', { number })
    if (isAgain) return t('publish.actAgain', { number })
    return live ? t('publish.actReplace', { number, old: live.number }) : t('publish.act', { number })
  }
  return (
    <FormDialog
      title={t(emergency ? 'release.title' : asks ? 'publish.titleAsk' : 'publish.title', {
        number: revision.number,
        title: revision.title,
      })}
      size={760}
      onClose={onClose}
      form={form}
      act={actLabel()}
      danger={emergency}
      failure={failure}
    >
      {emergency && (
        <>
          <p className={classes['warning']}>{t('release.warning')}</p>
          <LongTextField
            label={t('release.reason')}
            required
            first
            error={form.tried && noReason ? t('release.noReason') : null}
            value={reason}
            onChange={setReason}
          />
        </>
      )}
      {!asks && (
        <>
          <FieldRow
            label={t('publish.summary')}
            hint={t('publish.summaryHint')}
            required={live !== null && !isAgain}
            error={form.tried && noSummary ? t('publish.noSummary') : null}
          >
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                {...(emergency ? {} : { 'data-autofocus': true })}
                aria-describedby={describedBy}
                maxLength={300}
                value={summary}
                onChange={(event) => setSummary(event.currentTarget.value)}
              />
            )}
          </FieldRow>
          <DeliveryFields draft={draft} groups={groups} onChange={setDraft} missing={form.tried && delivery === null} />
          <FieldGrid>
            {!emergency && <MomentField label={t('publish.from')} placeholder={t('publish.now')} text={from} onChange={setFrom} />}
            <MomentField label={t('publish.until')} placeholder={t('publish.open')} text={until} onChange={setUntil} />
          </FieldGrid>
        </>
      )}
      {missing.length > 0 && (
        <FieldRow
          group
          label={t('publish.missing', { count: missing.length })}
          hint={asks ? t('publish.asks') : undefined}
          error={form.tried && unset.length > 0 ? t('publish.unset', { names: unset.map((name) => `{${name}}`).join(' ') }) : null}
        >
          {() => (
            <ul className={classes['missing']}>
              {missing.map((name, index) => (
                <li key={name}>
                  <span>
                    <VariableName name={name} />
                  </span>
                  <TextInput
                    size="sm"
                    aria-label={`{${name}}`}
                    {...(asks && index === 0 ? { 'data-autofocus': true } : {})}
                    maxLength={120}
                    value={typed[name] ?? ''}
                    onChange={(event) => {
                      const { value } = event.currentTarget
                      setTyped((now) => ({ ...now, [name]: value }))
                    }}
                  />
                </li>
              ))}
            </ul>
          )}
        </FieldRow>
      )}
      {data && !asks && incidentId !== null && (
        <PromiseFields content={data.content} values={filledWith} value={promised} onChange={setPromised} />
      )}
      {data && (
        <div className={classes['preview']} tabIndex={0} role="region" aria-label={t('publish.preview')}>
          <h3>{t('publish.preview')}</h3>
          <ContentReading content={data.content} filled={{ values: filledWith, missing }} />
        </div>
      )}
    </FormDialog>
  )
}
