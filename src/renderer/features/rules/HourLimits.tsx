import { AUTHORITY_HOURS, hoursOf, LEASE_HOURS, type HourRule, type TeamRules } from '#domain/rules/team-rules.ts'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Rules.module.css'
import { readHours } from './rules-draft.ts'

const LIMITS = { leaseHours: LEASE_HOURS, authorityHours: AUTHORITY_HOURS } as const

type Props = {
  rules: TeamRules
  onChange: (rules: TeamRules) => void
  /** Called when a field becomes invalid or valid. */ onFault: (field: string, faulty: boolean) => void
}

/** The lease of devices, and the maximum duration of lent authority (OR-12). */
export function HourLimits({ rules, onChange, onFault }: Props) {
  const { t } = useTranslation('rules')
  return (
    <section>
      <div className={classes['head']}>
        <h3>{t('hours.title')}</h3>
      </div>
      <ul className={classes['hours']}>
        {(['leaseHours', 'authorityHours'] as const).map((rule) => (
          <HourField
            key={rule}
            rule={rule}
            hours={hoursOf(rules, rule)}
            onChange={(hours) => {
              const { [rule]: _before, ...rest } = rules
              onChange(hours === undefined ? rest : { ...rest, [rule]: hours })
            }}
            onFault={(faulty) => onFault(rule, faulty)}
          />
        ))}
      </ul>
    </section>
  )
}

type FieldProps = { rule: HourRule; hours: number; onChange: (hours: number | undefined) => void; onFault: (faulty: boolean) => void }

function HourField({ rule, hours, onChange, onFault }: FieldProps) {
  const { t } = useTranslation('rules')
  const { usual, most } = LIMITS[rule]
  const [typed, setTyped] = useState(String(hours))
  const faulty = readHours(typed, most) === null
  return (
    <li>
      <TextInput
        size="xs"
        classNames={{ wrapper: classes['hoursField'] ?? '', description: classes['hoursHint'] ?? '' }}
        label={t(`hours.${rule}`)}
        description={t(`hours.${rule}Hint`, { usual, most, days: most / 24 })}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        inputMode="numeric"
        placeholder={String(usual)}
        rightSection={<span className={classes['note']}>{t('hours.unit')}</span>}
        rightSectionWidth={52}
        error={faulty ? t('hours.unreadable', { most }) : undefined}
        value={typed}
        onChange={(event) => {
          const text = event.currentTarget.value
          const read = readHours(text, most)
          setTyped(text)
          onFault(read === null)
          if (read !== null) onChange(read)
        }}
      />
    </li>
  )
}
