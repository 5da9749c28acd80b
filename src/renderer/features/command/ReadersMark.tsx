import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { usePermit } from '#features/permissions'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { UnstyledButton } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCommandDialog } from './CommandDialogs.tsx'
import classes from './ReadersMark.module.css'

/** The readers of the incident, in its header; a click opens the choice. Hidden if the team has no other members. */
export function ReadersMark({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation('command')
  const open = useCommandDialog()
  const barred = usePermit('incident.restrict', { incident })
  const members = useRead('workspace.members', {}).data ?? []
  const readers = incident.restrictedTo
  const alone = members.length < 2 && readers === null
  useCommands([
    {
      id: 'command.restrict',
      section: t('section'),
      label: t('restrict.title'),
      keywords: 'restrict readers private 谁能看 限制 保密 指定',
      disabled: barred !== null || alone,
      run: () => open('restrict'),
    },
  ])
  if (alone) return null
  const names = readers?.flatMap((id) => members.find((member) => member.id === id)?.name ?? []).join('、')
  return (
    <span>
      <UnstyledButton
        className={classes['mark']}
        data-restricted={readers !== null || undefined}
        title={names ?? t('restrict.everybodyLong')}
        onClick={() => open('restrict')}
      >
        {readers !== null && <IconLock size={13} stroke={2} aria-hidden="true" />}
        {readers === null ? t('restrict.everybody') : t('restrict.mark', { count: readers.length })}
      </UnstyledButton>
    </span>
  )
}
