import { CLOCK_IDS, type ClockId } from '#domain/incidents/clocks.ts'
import { INCIDENT_TYPE_IDS, type IncidentTypeId } from '#domain/incidents/incident-types.ts'
import type { IncidentLevel } from '#domain/incidents/incident.ts'
import type { TeamRules } from '#domain/rules/team-rules.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { wordHours } from '#ui/time/use-span.ts'
import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readLimit } from './limit-text.ts'
import { isOwn, limitsOf, withLimit, withoutLimits } from './rules-draft.ts'
import classes from './Rules.module.css'

const LEVELS = [1, 2, 3] as const

type Props = {
  rules: TeamRules
  onChange: (rules: TeamRules) => void
  /** Called when a field becomes invalid or valid. */ onFault: (field: string, faulty: boolean) => void
}

/** The limit of each clock by level: for all types, or as an exception for one. */
export function ClockLimits({ rules, onChange, onFault }: Props) {
  const { t } = useTranslation('rules')
  const [type, setType] = useState<IncidentTypeId | null>(null)
  // Fields keep their typed text; a reset remounts them.
  const [round, setRound] = useState(0)
  const own = LEVELS.some((level) => isOwn(rules, type, level))
  const count = (one: IncidentTypeId) => Object.keys(rules.clocksByType?.[one] ?? {}).length
  return (
    <section>
      <div className={classes['head']}>
        <h3>{t('clocks.title')}</h3>
        <NativeSelect
          size="xs"
          aria-label={t('clocks.for')}
          value={type ?? ''}
          onChange={(event) => setType(INCIDENT_TYPE_IDS.find((id) => id === event.currentTarget.value) ?? null)}
          data={[
            { value: '', label: t('clocks.allTypes') },
            ...INCIDENT_TYPE_IDS.map((id) => ({
              value: id,
              label: count(id) > 0 ? t('clocks.changedType', { type: t(`terms:type.${id}`) }) : t(`terms:type.${id}`),
            })),
          ]}
        />
        <ActButton
          quiet
          size="compact-sm"
          barred={own ? null : t(type === null ? 'clocks.isDefault' : 'clocks.isGeneral')}
          onAct={() => {
            onChange(withoutLimits(rules, type))
            setRound(round + 1)
          }}
        >
          {t(type === null ? 'clocks.reset' : 'clocks.resetType')}
        </ActButton>
      </div>
      <p className={classes['note']}>{t(type === null ? 'clocks.hint' : 'clocks.hintType')}</p>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('clocks.clock')}</th>
            {LEVELS.map((level) => (
              <th key={level} scope="col">
                <LevelMark level={level} />
                {isOwn(rules, type, level) && <small> {t('clocks.own')}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {CLOCK_IDS.map((clock) => (
            <tr key={clock}>
              <th scope="row">
                {t(`terms:clock.${clock}`)}
                <span>{t(`terms:clockMeaning.${clock}`)}</span>
              </th>
              {LEVELS.map((level) => (
                <td key={`${level} ${type ?? ''} ${round}`}>
                  <LimitField
                    clock={clock}
                    level={level}
                    ms={limitsOf(rules, type, level)[clock]}
                    onChange={(ms) => onChange(withLimit(rules, type, level, clock, ms))}
                    onFault={(faulty) => onFault(`${type ?? ''} ${level} ${clock}`, faulty)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type FieldProps = {
  clock: ClockId
  level: IncidentLevel
  ms: number | undefined
  onChange: (ms: number | undefined) => void
  onFault: (faulty: boolean) => void
}

function LimitField({ clock, level, ms, onChange, onFault }: FieldProps) {
  const { t } = useTranslation('rules')
  const [typed, setTyped] = useState(ms === undefined ? '' : wordHours(ms, t))
  const faulty = readLimit(typed) === null
  return (
    <TextInput
      size="xs"
      w={120}
      aria-label={t('clocks.limitOf', { clock: t(`terms:clock.${clock}`), level: t(`terms:level.${level}`) })}
      placeholder={t('clocks.off')}
      error={faulty ? t('clocks.unreadable') : undefined}
      value={typed}
      onChange={(event) => {
        const text = event.currentTarget.value
        const read = readLimit(text)
        setTyped(text)
        onFault(read === null)
        if (read !== null) onChange(read)
      }}
      onBlur={() => {
        const read = readLimit(typed)
        if (typeof read === 'number') setTyped(wordHours(read, t))
      }}
    />
  )
}
