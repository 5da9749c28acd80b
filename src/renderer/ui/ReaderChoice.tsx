import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './ReaderChoice.module.css'

type Props = {
  members: readonly { id: string; name: string; role: string }[]
  /** Ids of members who can always read it. */
  always: readonly string[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

/** Chooses the members who may read a restricted incident. */
export function ReaderChoice({ members, always, chosen, onChange }: Props) {
  const { t } = useTranslation('ui')
  return (
    <div className={classes['list']}>
      {members.map((member) => {
        const fixed = always.includes(member.id)
        return (
          <Checkbox
            key={member.id}
            size="xs"
            disabled={fixed}
            label={fixed ? t('readers.always', { name: member.name }) : member.name}
            checked={fixed || chosen.includes(member.id)}
            onChange={(event) => onChange(event.currentTarget.checked ? [...chosen, member.id] : chosen.filter((id) => id !== member.id))}
          />
        )
      })}
    </div>
  )
}
