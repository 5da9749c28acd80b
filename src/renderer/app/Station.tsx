import { useRead } from '#client/use-read.ts'
import { CommandProvider } from '#ui/commands/CommandProvider.tsx'
import { ThemeProvider } from '#ui/theme/ThemeProvider.tsx'
import { RouterProvider } from 'react-router/dom'
import { router } from './routes.tsx'

/** Decides by the station's status what is shown: trouble, first run, or the app. */
export function Station() {
  const status = useRead('station.status', {}, ['station'])
  return (
    <ThemeProvider choice={status.data?.preferences.theme ?? 'auto'}>
      <CommandProvider>
        <RouterProvider router={router} />
      </CommandProvider>
    </ThemeProvider>
  )
}
