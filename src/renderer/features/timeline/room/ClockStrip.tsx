import { ClockChip } from '#ui/ClockChip.tsx'
import type { ClockState } from '#domain/incidents/clocks.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { Menu, UnstyledButton } from '@mantine/core'
import { IconArrowRight, IconClockCheck, IconPencilPlus, IconRotate } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MeetClockDialog } from './MeetClockDialog.tsx'
import { ReopenClockDialog } from './ReopenClockDialog.tsx'
import { useRoom } from './room-context.ts'
import styles from './ClockStrip.module.css'

/** The promises of time of this incident. Each opens what can be done with it: say which entry met it, look at that entry, reopen. */
export function ClockStrip() {
  const { t } = useTranslation('timeline')
  const { incident } = useRoom()
  const [meeting, setMeeting] = useState<ClockState | null>(null)
  const [reopening, setReopening] = useState<ClockState | null>(null)
  return (
    <section className={styles['strip']} aria-label={t('clocks.title')}>
      {incident.clocks.map((clock) => (
        <ClockMenu key={clock.id} clock={clock} onMeet={() => setMeeting(clock)} onReopen={() => setReopening(clock)} />
      ))}
      {incident.clocks.length === 0 && <p className={styles['none']}>{t('clocks.none')}</p>}
      {meeting && <MeetClockDialog clock={meeting} onClose={() => setMeeting(null)} />}
      {reopening && <ReopenClockDialog clock={reopening} onClose={() => setReopening(null)} />}
    </section>
  )
}

function ClockMenu({ clock, onMeet, onReopen }: { clock: ClockState; onMeet: () => void; onReopen: () => void }) {
  const { t, i18n } = useTranslation('timeline')
  const room = useRoom()
  const now = useNow(60_000)
  const { met } = clock
  const barred = room.barred !== null
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton className={styles['clock']} data-met={met ? '' : undefined}>
          <ClockChip clock={clock} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {met ? t('clocks.metAt', { when: formatMoment(met.at, now, i18n.language) }) : t('clocks.dueAt', { when: formatMoment(clock.dueAt, now, i18n.language) })}
          <br />
          {t(`terms:clockMeaning.${clock.id}`)}
        </Menu.Label>
        {met ? (
          <>
            <Menu.Item leftSection={<IconArrowRight size={16} aria-hidden="true" />} onClick={() => room.showEntry(met.entryId)}>
              {t('clocks.showEntry')}
            </Menu.Item>
            <Menu.Item leftSection={<IconRotate size={16} aria-hidden="true" />} disabled={barred} onClick={onReopen}>
              {t('clocks.reopen')}
            </Menu.Item>
          </>
        ) : (
          <>
            <Menu.Item leftSection={<IconClockCheck size={16} aria-hidden="true" />} disabled={barred} onClick={onMeet}>
              {t('clocks.meet')}
            </Menu.Item>
            <Menu.Item leftSection={<IconPencilPlus size={16} aria-hidden="true" />} disabled={barred} onClick={() => room.compose({ meets: [clock.id], kind: clock.id === 'response' || clock.id === 'handling' ? 'action' : 'statement' })}>
              {t('clocks.write')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
