import { MantineProvider } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { theme } from './theme.ts'

export type ThemeChoice = 'auto' | 'light' | 'dark'

const DARK = '(prefers-color-scheme: dark)'

function useSystemScheme(): 'light' | 'dark' {
  const [dark, setDark] = useState(() => matchMedia(DARK).matches)
  useEffect(() => {
    const query = matchMedia(DARK)
    const follow = (event: MediaQueryListEvent) => setDark(event.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  return dark ? 'dark' : 'light'
}

/** Sets the light or dark scheme for everything below; `auto` follows the system. */
export function ThemeProvider({ choice, children }: { choice: ThemeChoice; children: ReactNode }) {
  const system = useSystemScheme()
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={choice === 'auto' ? system : choice}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  )
}
