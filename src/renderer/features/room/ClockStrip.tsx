import { MINUTE } from '#domain/durations.ts'
import { CLOCK_IDS, isClockOpen, type ClockState } from '#domain/incidents/clocks.ts'
import { endOfClocks } from '#domain/incidents/incident.ts'
import { usePermit } from '#features/permissions'
import { ClockChip } from '#ui/ClockChip.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { Menu, UnstyledButton } from '@mantine/core'
import { IconArrowRight, IconClockCheck, IconClockOff, IconPencilPlus, IconRotate } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { ClockReasonDialog, type ClockChange } from './ClockReasonDialog.tsx'
import { MeetClockDialog } from './MeetClockDialog.tsx'
import { useRoom } from './room-context.ts'
import styles from './ClockStrip.module.css'

function withoutAct(now: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(now)
  next.delete('do')
  return next
}

type Asked = { clock: ClockState; change: 'meet' | ClockChange }

/** The clocks of this incident. Each has a menu: meet it with an entry, show that entry, stop it, reopen it. */
export function ClockStrip() {
  const { t } = useTranslation('timeline')
  const { incident } = useRoom()
  const commandBarred = usePermit('clock.reopen', { incident })
  const meetBarred = usePermit('clock.meet', { incident })
  const [asked, setAsked] = useState<Asked | null>(null)
  // Opened from elsewhere by `?do=meet-response`. Handled once; the parameter is removed, so that going back does not repeat it.
  const [address, setAddress] = useSearchParams()
  const wanted = address.get('do')
  useEffect(() => {
    if (wanted?.startsWith('meet-') !== true) return
    setAddress(withoutAct, { replace: true })
    const clock = incident.clocks.find(({ id }) => `meet-${id}` === wanted)
    if (clock && isClockOpen(clock) && meetBarred === null) setAsked({ clock, change: 'meet' })
  }, [wanted, incident, meetBarred, setAddress])
  const section = t('clocks.title')
  useCommands(
    CLOCK_IDS.flatMap((id) => {
      const clock = incident.clocks.find((one) => one.id === id)
      if (!clock) return []
      const change: ClockChange = isClockOpen(clock) ? 'stop' : 'reopen'
      const name = t(`terms:clock.${id}`)
      return [
        {
          id: `room.clock-${change}-${id}`,
          section,
          label: `${t(`clocks.${change}Title`, { clock: name })}…`,
          keywords: 'clock stop reopen 时限 停止计时 恢复计时 时钟 停走 重新打开',
          disabled: commandBarred !== null,
          run: () => setAsked({ clock, change }),
        },
      ]
    }),
  )
  return (
    <section className={styles['strip']} aria-label={section}>
      {incident.clocks.map((clock) => (
        <ClockMenu key={clock.id} clock={clock} commandBarred={commandBarred} onAsk={(change) => setAsked({ clock, change })} />
      ))}
      {incident.clocks.length === 0 && <p className={styles['none']}>{t('clocks.none')}</p>}
      {asked?.change === 'meet' && <MeetClockDialog clock={asked.clock} onClose={() => setAsked(null)} />}
      {asked && asked.change !== 'meet' && <ClockReasonDialog clock={asked.clock} change={asked.change} onClose={() => setAsked(null)} />}
    </section>
  )
}

function ClockMenu({
  clock,
  commandBarred,
  onAsk,
}: {
  clock: ClockState
  commandBarred: string | null
  onAsk: (change: Asked['change']) => void
}) {
  const { t, i18n } = useTranslation('timeline')
  const room = useRoom()
  const now = useNow(MINUTE)
  const { met, stopped } = clock
  const meetBarred = usePermit('clock.meet', { incident: room.incident })
  const writeBarred = usePermit('entry.record', { incident: room.incident }) ?? meetBarred
  const when = (at: number) => formatMoment(at, now, i18n.language)
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton className={styles['clock']} data-met={isClockOpen(clock) ? undefined : ''}>
          <ClockChip brief clock={clock} end={endOfClocks(room.incident)} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {met
            ? t('clocks.metAt', { when: when(met.at) })
            : stopped
              ? t('clocks.stoppedAt', { when: when(stopped.at), reason: stopped.reason })
              : t('clocks.dueAt', { when: when(clock.dueAt) })}
          <br />
          {t(`terms:clockMeaning.${clock.id}`)}
        </Menu.Label>
        {met && (
          <Menu.Item leftSection={<IconArrowRight size={16} aria-hidden="true" />} onClick={() => room.showEntry(met.entryId)}>
            {t('clocks.showEntry')}
          </Menu.Item>
        )}
        {isClockOpen(clock) ? (
          <>
            <ClockAct icon={IconClockCheck} barred={meetBarred} onAct={() => onAsk('meet')}>
              {t('clocks.meet')}
            </ClockAct>
            <ClockAct
              icon={IconPencilPlus}
              barred={writeBarred}
              said={writeBarred !== meetBarred}
              onAct={() =>
                room.compose({ meets: [clock.id], kind: clock.id === 'response' || clock.id === 'handling' ? 'action' : 'statement' })
              }
            >
              {t('clocks.write')}
            </ClockAct>
            <ClockAct icon={IconClockOff} barred={commandBarred} onAct={() => onAsk('stop')}>
              {t('clocks.stop')}
            </ClockAct>
          </>
        ) : (
          <ClockAct icon={IconRotate} barred={commandBarred} onAct={() => onAsk('reopen')}>
            {t('clocks.reopen')}
          </ClockAct>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

/** A command on a clock. A member without permission sees who has it below (`said`), unless the item above already shows it. */
function ClockAct({
  icon: Icon,
  barred,
  said = true,
  onAct,
  children,
}: {
  icon: typeof IconRotate
  barred: string | null
  said?: boolean
  onAct: () => void
  children: string
}) {
  return (
    <Menu.Item leftSection={<Icon size={16} aria-hidden="true" />} disabled={barred !== null} onClick={onAct}>
      {children}
      {barred !== null && said && <small className={styles['barred']}>{barred}</small>}
    </Menu.Item>
  )
}
