import { CLOCK_IDS, ClockId } from '#domain/incidents/clocks.ts'
import type { PlanTask } from '#domain/plans/plan.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { NativeSelect, NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './PlanEditor.module.css'

type Due = PlanTask['due']

/** Placeholder for a number that was deleted and not yet retyped; never saved. */
const UNSAID = -1

/** When a task of a plan is due: minutes after the declaration, minutes before a clock is due, or never. */
export function DueRuleField({ due, error, onChange }: { due: Due; error: string | null; onChange: (due: Due) => void }) {
  const { t } = useTranslation('plans')
  const from = due === null ? 'none' : 'afterDeclarationMin' in due ? 'declaration' : due.beforeClock
  const minutes = due === null ? 0 : 'afterDeclarationMin' in due ? due.afterDeclarationMin : due.minutes
  const ruleFor = (kind: string, length: number): Due => {
    if (kind === 'declaration') return { afterDeclarationMin: length }
    const clock = ClockId.safeParse(kind).data
    return clock === undefined ? null : { beforeClock: clock, minutes: length }
  }
  return (
    <FieldRow label={t('field.due')} error={error}>
      {({ id, describedBy }) => (
        <div className={styles['dueRule']}>
          <NativeSelect
            id={id}
            size="xs"
            aria-describedby={describedBy}
            value={from}
            onChange={(event) => onChange(ruleFor(event.currentTarget.value, minutes > 0 ? minutes : 30))}
            data={[
              { value: 'none', label: t('due.none') },
              { value: 'declaration', label: t('due.fromDeclaration') },
              ...CLOCK_IDS.map((clock) => ({ value: clock, label: t('due.fromClock', { clock: t(`terms:clock.${clock}`) }) })),
            ]}
          />
          {due !== null && (
            <>
              <NumberInput
                size="xs"
                w={96}
                min={0}
                allowDecimal={false}
                allowNegative={false}
                hideControls
                aria-label={t('field.minutes')}
                error={error !== null}
                value={minutes < 0 ? '' : minutes}
                onChange={(value) => onChange(ruleFor(from, typeof value === 'number' ? value : UNSAID))}
              />
              <span>{t('field.minutes')}</span>
            </>
          )}
        </div>
      )}
    </FieldRow>
  )
}
