import type { IncidentView } from '#contract/incident-api.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useCommandDialog } from './CommandDialogs.tsx'
import classes from './CommandActs.module.css'

function withoutAct(now: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(now)
  next.delete('do')
  return next
}

/** Commands to change the level, hand over the command, and change the status of an incident. */
export function CommandActs({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation('command')
  const open = useCommandDialog()
  const levelBarred = usePermit('incident.change-level', { incident })
  const handOverBarred = usePermit('incident.hand-over', { incident })
  const statusBarred = usePermit('incident.set-status', { incident })
  // Opened from elsewhere by `?do=…`. Handled once, when the page is open; going back does not repeat it.
  const [address, setAddress] = useSearchParams()
  const asked = address.get('do')
  useEffect(() => {
    const barred = { level: levelBarred, 'hand-over': handOverBarred, status: statusBarred }
    if (asked !== 'level' && asked !== 'hand-over' && asked !== 'status') return
    setAddress(withoutAct, { replace: true })
    if (barred[asked] === null) open(asked)
  }, [asked, levelBarred, handOverBarred, statusBarred, open, setAddress])
  const section = t('section')
  const statusAct = t(incident.status === 'closed' ? 'act.reopen' : 'act.status')
  useCommands([
    {
      id: 'command.level',
      section,
      label: t('act.level'),
      keywords: 'level grade 等级 升级 降级 调整等级 改级',
      shortcut: 'Shift+L',
      disabled: levelBarred !== null,
      run: () => open('level'),
    },
    {
      id: 'command.hand-over',
      section,
      label: t('act.handOver'),
      keywords: 'hand over commander 交接 指挥',
      shortcut: 'Shift+H',
      disabled: handOverBarred !== null,
      run: () => open('hand-over'),
    },
    {
      id: 'command.status',
      section,
      label: statusAct,
      keywords: 'status contained resolved close reopen 状态 改状态 控制 解决 关闭 收尾 重新打开',
      shortcut: 'Shift+S',
      disabled: statusBarred !== null,
      run: () => open('status'),
    },
  ])
  return (
    <div className={classes['acts']}>
      <ActButton quiet size="compact-xs" barred={levelBarred} onAct={() => open('level')}>
        {t('act.level')}
      </ActButton>
      <ActButton quiet size="compact-xs" barred={handOverBarred} onAct={() => open('hand-over')}>
        {t('act.handOver')}
      </ActButton>
      <ActButton quiet size="compact-xs" barred={statusBarred} onAct={() => open('status')}>
        {statusAct}
      </ActButton>
    </div>
  )
}
