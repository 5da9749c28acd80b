import { useEffect, useState } from 'react'
import { z } from 'zod'
import { stored } from './stored.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const kept = stored('stormroom.page.theme', z.enum(THEMES))

/** The chosen theme, kept in the browser; `system` follows the machine. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => kept.read() ?? 'system')
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const apply = () => {
      document.documentElement.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
    }
    apply()
    dark.addEventListener('change', apply)
    return () => dark.removeEventListener('change', apply)
  }, [theme])
  return [
    theme,
    (next) => {
      kept.write(next)
      setTheme(next)
    },
  ]
}
