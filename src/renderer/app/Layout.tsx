import { useConnected } from '#client/api-context.tsx'
import { useRead } from '#client/use-read.ts'
import { DemoBar } from '#features/demo'
import { DeclareProvider } from '#features/incidents'
import { NoticeCalls } from '#features/notices'
import { LookAround } from '#features/team'
import { ActGate } from '#ui/ActGate.tsx'
import { UndoCommand } from '#ui/undo/UndoCommand.tsx'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useNavigation } from 'react-router'
import { playAlarmTone } from './alarm-tone.ts'
import { Banners } from './Banners.tsx'
import { ClockAlarm } from './ClockAlarm.tsx'
import { DesktopBridge } from './DesktopBridge.tsx'
import { FrameCommands } from './FrameCommands.tsx'
import { KeySheet } from './KeySheet.tsx'
import classes from './Layout.module.css'
import { Notices } from './Notices.tsx'
import { Palette } from './Palette.tsx'
import { Rail } from './Rail.tsx'
import { TopBar } from './TopBar.tsx'

/** The frame around every page: rail, top bar, banners, command palette, key sheet, and the declare dialog. */
export function Layout() {
  const { t } = useTranslation('frame')
  const status = useRead('workspace.status', {}).data
  const connected = useConnected()
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null)
  const main = useRef<HTMLElement>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const loadingPage = useNavigation().state === 'loading'
  const close = () => setOpen(null)
  return (
    <ActGate reason={!connected ? t('gate.disconnected') : status?.phase === 'read-only' ? t('gate.readOnly') : null}>
      <DeclareProvider>
        <FrameCommands onPalette={() => setOpen('palette')} onKeys={() => setOpen('keys')} onSearch={() => searchBox.current?.focus()} />
        <DesktopBridge onKeys={() => setOpen('keys')} onSearch={() => searchBox.current?.focus()} />
        <button type="button" className={classes['skip']} onClick={() => main.current?.focus()}>
          {t('skip')}
        </button>
        <div className={classes['frame']}>
          <div className={classes['beside']}>
            <Rail />
            <Notices />
          </div>
          <div className={classes['column']}>
            {status?.demo && <DemoBar />}
            <TopBar status={status} connected={connected} searchBox={searchBox} onPalette={() => setOpen('palette')} />
            <Banners status={status} connected={connected} />
            <main ref={main} className={classes['main']} tabIndex={-1} aria-busy={loadingPage}>
              <Outlet />
            </main>
          </div>
        </div>
        {status && !status.demo && status.me && <LookAround />}
        <UndoCommand />
        <ClockAlarm />
        <NoticeCalls onSound={() => playAlarmTone('called')} />
        <Palette opened={open === 'palette'} onClose={close} />
        <KeySheet opened={open === 'keys'} onClose={close} />
      </DeclareProvider>
    </ActGate>
  )
}
