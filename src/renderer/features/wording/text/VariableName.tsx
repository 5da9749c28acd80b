import { KNOWN_VARIABLES } from '#domain/wording/text/variables.ts'
import { useTranslation } from 'react-i18next'
import classes from './Reading.module.css'

/** A variable as it is written in texts, with its meaning if it has one of its own. */
export function VariableName({ name }: { name: string }) {
  const { t } = useTranslation('wording')
  const known = KNOWN_VARIABLES.find((one) => one === name)
  return (
    <>
      <code className={classes['variable']}>{`{${name}}`}</code> {known && t(`variable.${known}`)}
    </>
  )
}
