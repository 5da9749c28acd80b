import { parseVariables, valueOf } from '#domain/wording/text/variables.ts'
import type { VariableValues } from '#domain/wording/wording.ts'
import { useTranslation } from 'react-i18next'
import classes from './Reading.module.css'

type Props = {
  text: string
  values: VariableValues
  /** Variables that need a value before publication; others without one are filled in by agents. */
  missing: readonly string[]
}

/** A text with its variables filled in and marked; those without a value stay as they are. */
export function FilledText({ text, values, missing }: Props) {
  return parseVariables(text).map((part) => {
    const written = text.slice(part.start, part.end)
    if (part.kind === 'text') return <span key={part.start}>{written}</span>
    if (part.kind === 'malformed') return <mark key={part.start}>{written}</mark>
    const value = valueOf(values, part.name).trim()
    return <Variable key={part.start} written={written} value={value} isMissing={missing.includes(part.name)} />
  })
}

/** A variable of a text: its value, marked; without one as it is written, marked more if it needs a value before publication. */
export function Variable({ written, value, isMissing }: { written: string; value: string; isMissing: boolean }) {
  const { t } = useTranslation('wording')
  if (value !== '') {
    return (
      <span className={classes['filled']} title={written}>
        {value}
      </span>
    )
  }
  if (isMissing) return <mark title={t('noValue')}>{written}</mark>
  return (
    <code className={classes['variable']} title={t('byAgent')}>
      {written}
    </code>
  )
}
