import { useRead } from '#client/use-read.ts'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { Popover, UnstyledButton } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Notices.module.css'
import { NoticePanel } from './NoticePanel.tsx'
import { useReadAll } from './use-read-all.ts'

const MOST = 99

/**
 * The number of unread notices, in the top bar; opens the notice panel. Hidden without other members, because nobody is notified of their
 * own ops.
 */
export function NoticeBell() {
  const { t } = useTranslation('notices')
  const count = useRead('notices.unread', {}).data?.count ?? 0
  const alone = (useRead('workspace.members', {}).data ?? []).length < 2 && count === 0
  const [open, setOpen] = useState(false)
  const readAll = useReadAll()
  const section = t('section')
  useCommands([
    {
      id: 'notices.open',
      section,
      label: t('open'),
      keywords: 'notices notifications mentions bell 通知 提醒 提到 消息 tongzhi',
      shortcut: 'Shift+N',
      disabled: alone,
      run: () => setOpen((now) => !now),
    },
    {
      id: 'notices.read-all',
      section,
      label: t('readAll'),
      keywords: 'read all clear 全部已读 清空',
      disabled: count === 0,
      run: () => void readAll(),
    },
  ])
  if (alone) return null
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={440} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes['bell']}
          aria-label={t('bell', { count })}
          title={t('bell', { count })}
          data-unread={count > 0 || undefined}
          onClick={() => setOpen((now) => !now)}
        >
          <IconBell size={18} stroke={1.75} aria-hidden="true" />
          {count > 0 && (
            <span className={classes['count']} aria-hidden="true">
              {count > MOST ? `${MOST}+` : count}
            </span>
          )}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('section')} className={classes['dropdown'] ?? ''}>
        <NoticePanel onClose={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}
