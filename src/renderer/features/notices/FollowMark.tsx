import type { IncidentView } from '#contract/incident-api.ts'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { UnstyledButton } from '@mantine/core'
import { IconEye, IconEyeCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './Follow.module.css'
import { useFollowing } from './use-following.ts'

/** Toggles following, in the incident's header; hovering lists the followers. Hidden if the team has no other members. */
export function FollowMark({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation('notices')
  const { view, barred, toggle } = useFollowing(incident)
  const act = t(view?.follows ? 'follow.leave' : 'follow.act')
  useCommands([
    {
      id: 'notices.follow',
      section: t('section'),
      label: act,
      keywords: 'follow unfollow watch 关注 取消关注 guanzhu',
      shortcut: 'Shift+F',
      disabled: view === null || barred !== null,
      run: toggle,
    },
  ])
  if (view === null) return null
  const Icon = view.follows ? IconEyeCheck : IconEye
  const names = view.followers.map(({ name }) => name).join(t('separator'))
  const who = names === '' ? t('follow.nobody') : t('follow.who', { names })
  return (
    <UnstyledButton
      className={classes['mark']}
      aria-pressed={view.follows}
      title={barred ?? `${t(view.follows ? 'follow.isOn' : 'follow.isOff')}\n${who}`}
      disabled={barred !== null}
      onClick={toggle}
    >
      <Icon size={14} aria-hidden="true" />
      <span className="visually-hidden">{t('follow.mark')}</span>
      <span className={classes['count']}>{t('follow.count', { count: view.followers.length })}</span>
      <span className={classes['number']} aria-hidden="true">
        {view.followers.length}
      </span>
    </UnstyledButton>
  )
}
