import { useTranslation } from 'react-i18next'
import classes from './editor.module.css'
import type { PersonAtText } from './people-at-text.ts'

/** Who else has this draft open, and who is writing. */
export function PeopleInDraft({ people }: { people: readonly PersonAtText[] }) {
  const { t, i18n } = useTranslation('wording-editor')
  if (people.length === 0) return null
  const names = (writing: boolean) => people.filter((one) => one.writing === writing).map(({ name }) => name)
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' })
  const [writers, readers] = [names(true), names(false)]
  return (
    <span className={classes['people']} role="status">
      {writers.length > 0 && <b>{t('people.writing', { names: list.format(writers) })}</b>}
      {readers.length > 0 && <span>{t('people.open', { names: list.format(readers) })}</span>}
    </span>
  )
}
