import { TERM_KINDS, type OwnTerm } from '#domain/rules/wording-checks.ts'
import { SEVERITIES } from '#domain/wording/text/checks/rule.ts'
import { WordingLanguage } from '#domain/wording/wording.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FieldGrid, FormDialog } from '#ui/FormDialog.tsx'
import { shownLanguage } from '#ui/shown-language.ts'
import { useSubmit } from '#ui/use-submit.ts'
import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readTerm } from './checks-draft.ts'
import { inDraft } from './in-draft.ts'

type Props = {
  /** The term that is changed; null for a new one. */
  term: OwnTerm | null
  terms: readonly OwnTerm[]
  onKeep: (term: OwnTerm) => void
  onClose: () => void
}

/** Adds a term of the team, or changes one. */
export function TermDialog({ term, terms, onKeep, onClose }: Props) {
  const { t, i18n } = useTranslation('wording-checks')
  const [typed, setTyped] = useState<OwnTerm>(
    () =>
      term ?? {
        id: crypto.randomUUID().slice(0, 18),
        language: shownLanguage(i18n.language),
        term: '',
        kind: 'promise',
        severity: 'warn',
        message: '',
        suggestion: '',
      },
  )
  const read = readTerm(typed, terms)
  const form = useSubmit(inDraft<OwnTerm>(), {
    input: 'term' in read ? read.term : null,
    onDone: (kept) => {
      onKeep(kept)
      onClose()
    },
  })
  const fault = form.tried && 'fault' in read ? read.fault : null
  const set = (fields: Partial<OwnTerm>) => setTyped((now) => ({ ...now, ...fields }))
  const atTerm = fault !== null && fault !== 'messageMissing'
  return (
    <FormDialog
      title={t(term ? 'own.changeOf' : 'own.add', { term: term?.term })}
      onClose={onClose}
      form={form}
      act={t(term ? 'own.keep' : 'own.addAct')}
    >
      <FieldRow label={t('own.term')} hint={t('own.termHint')} required error={atTerm ? t(`fault.${fault}`) : null}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            aria-required
            data-autofocus
            maxLength={40}
            error={atTerm}
            value={typed.term}
            onChange={(event) => set({ term: event.currentTarget.value })}
          />
        )}
      </FieldRow>
      <FieldGrid>
        <FieldRow label={t('language')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={typed.language}
              onChange={(event) => set({ language: WordingLanguage.safeParse(event.currentTarget.value).data ?? typed.language })}
              data={WordingLanguage.options.map((one) => ({ value: one, label: t(`wording:language.${one}`) }))}
            />
          )}
        </FieldRow>
        <FieldRow label={t('own.kind')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={typed.kind}
              onChange={(event) => set({ kind: TERM_KINDS.find((one) => one === event.currentTarget.value) ?? typed.kind })}
              data={TERM_KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
            />
          )}
        </FieldRow>
        <FieldRow label={t('severity')} hint={t('severityHint')}>
          {({ id, describedBy }) => (
            <NativeSelect
              id={id}
              aria-describedby={describedBy}
              value={typed.severity}
              onChange={(event) => set({ severity: SEVERITIES.find((one) => one === event.currentTarget.value) ?? typed.severity })}
              data={SEVERITIES.map((one) => ({ value: one, label: t(`wording-editor:severity.${one}`) }))}
            />
          )}
        </FieldRow>
      </FieldGrid>
      <FieldRow
        label={t('own.message')}
        hint={t('own.messageHint')}
        required
        error={fault === 'messageMissing' ? t(`fault.${fault}`) : null}
      >
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            aria-required
            maxLength={200}
            error={fault === 'messageMissing'}
            value={typed.message}
            onChange={(event) => set({ message: event.currentTarget.value })}
          />
        )}
      </FieldRow>
      <FieldRow label={t('own.suggestion')}>
        {({ id }) => (
          <TextInput
            id={id}
            maxLength={200}
            value={typed.suggestion}
            onChange={(event) => set({ suggestion: event.currentTarget.value })}
          />
        )}
      </FieldRow>
    </FormDialog>
  )
}
