import { useRead } from '#client/use-read.ts'
import { MINUTE } from '#domain/durations.ts'
import { wordsOf } from '#domain/promises/promise.ts'
import type { WordingContent } from '#domain/wording/content.ts'
import type { VariableValues } from '#domain/wording/wording.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FieldGrid } from '#ui/FormDialog.tsx'
import { useNow } from '#ui/time/use-now.ts'
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { MomentField } from '../text/MomentField.tsx'
import { commitmentsOf, typedOf, type PromisesTyped } from './promise-inputs.ts'
import classes from './Promises.module.css'

type Props = {
  content: WordingContent
  values: VariableValues
  value: PromisesTyped
  onChange: (value: PromisesTyped) => void
}

/** The commitments of a text that is published: by when each is kept, and who sees to it. Without a time a commitment is not tracked. */
export function PromiseFields({ content, values, value, onChange }: Props) {
  const { t } = useTranslation('promises')
  const now = useNow(MINUTE)
  const commitments = commitmentsOf(content)
  const members = useRead('workspace.members', commitments.length > 0 ? {} : null).data ?? []
  if (commitments.length === 0) return null
  return (
    <FieldRow group label={t('fields.label', { count: commitments.length })} hint={t('fields.hint')}>
      {() => (
        <ul className={classes['fields']}>
          {commitments.map((block) => {
            const typed = typedOf(block, values, value, now)
            const { text, action, owner } = wordsOf(block, values)
            const set = (change: Partial<typeof typed>) => onChange({ ...value, [block.id]: { ...typed, ...change } })
            return (
              <li key={block.id}>
                <p>{[action, text].filter(Boolean).join(' · ')}</p>
                <FieldGrid>
                  <MomentField
                    label={t('fields.due')}
                    placeholder={t('fields.untracked')}
                    text={typed.due}
                    onChange={(due) => set({ due })}
                  />
                  <FieldRow label={owner === '' ? t('fields.owner') : t('fields.ownerFor', { owner })}>
                    {({ id }) => (
                      <NativeSelect
                        id={id}
                        value={typed.ownerId ?? ''}
                        onChange={(event) => set({ ownerId: event.currentTarget.value === '' ? null : event.currentTarget.value })}
                        data={[
                          { value: '', label: t('fields.nobody') },
                          ...members
                            .filter(({ status }) => status === 'active')
                            .map(({ id: memberId, name }) => ({ value: memberId, label: name })),
                        ]}
                      />
                    )}
                  </FieldRow>
                </FieldGrid>
              </li>
            )
          })}
        </ul>
      )}
    </FieldRow>
  )
}
