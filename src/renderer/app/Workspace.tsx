import { useRead, type Reading } from '#client/use-read.ts'
import type { WorkspaceStatus } from '#contract/workspace-api.ts'
import { FirstRunPage, TroubleScreen } from '#features/workspace'
import { ArrivingScreen, LockedScreen } from '#features/team'
import { CommandProvider } from '#ui/commands/CommandProvider.tsx'
import { ThemeProvider } from '#ui/theme/ThemeProvider.tsx'
import { correctTime, followClock } from '#ui/time/use-now.ts'
import { Notifications } from '@mantine/notifications'
import { useEffect, useLayoutEffect, type ReactNode } from 'react'
import { RouterProvider } from 'react-router/dom'
import { showLanguage } from './languages/language.ts'
import { Opening } from './Opening.tsx'
import { router } from './routes.tsx'
import classes from './Workspace.module.css'

/** Selects the top-level screen by workspace status: trouble, locked device, download in progress, first run, or the app. */
export function Workspace() {
  const status = useRead('workspace.status', {})
  const preferences = status.data?.preferences
  const language = preferences?.language
  useEffect(() => {
    if (language) void showLanguage(language)
  }, [language])
  const clock = status.data?.demo ? status.data.clock : null
  // A layout effect runs before the first paint, so that no clock shows the machine's time first.
  useLayoutEffect(() => followClock(clock), [clock])
  const offset = status.data?.clock.offset ?? 0
  useLayoutEffect(() => correctTime(offset), [offset])
  return (
    <ThemeProvider choice={preferences?.theme ?? 'auto'}>
      <CommandProvider>{choosePlace(status)}</CommandProvider>
    </ThemeProvider>
  )
}

function choosePlace({ data, failure, readAgain }: Reading<WorkspaceStatus>): ReactNode {
  if (!data) return <Opening failure={failure} onRetry={readAgain} />
  if (data.phase === 'trouble' && data.trouble) return withNotices(<TroubleScreen trouble={data.trouble} />)
  if (data.locked)
    return withNotices(<LockedScreen key={data.locked.reason} lock={data.locked} language={data.preferences.language ?? 'zh-Hans'} />)
  if (data.arriving) return withNotices(<ArrivingScreen arriving={data.arriving} teamName={data.sync.to?.teamName ?? ''} />)
  if (data.phase === 'first-run') return withNotices(<FirstRunPage onLanguage={(language) => void showLanguage(language)} />)
  return <RouterProvider router={router} />
}

/**
 * The app frame has its own area for notifications and scrolls its pages; pages outside the frame show notifications in a corner and scroll
 * here.
 */
function withNotices(page: ReactNode): ReactNode {
  return (
    <>
      <Notifications position="bottom-right" limit={4} />
      <div className={classes['whole']}>{page}</div>
    </>
  )
}
