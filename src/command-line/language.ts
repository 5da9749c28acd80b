import type { Language } from '#contract/workspace-api.ts'

/**
 * The language of messages, from the environment in POSIX order (LC_ALL, LC_MESSAGES, LANG). If none is set, as in a bare
 * container, the operating system's language on Windows and macOS, else Chinese.
 * @param systemLocale BCP 47 tag of the operating system
 */
export function chooseLanguage(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, systemLocale: string): Language {
  const named = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value)
  if (named && !/^(C|POSIX)(\.|$)/.test(named)) return /^zh/i.test(named) ? 'zh-Hans' : 'en'
  if (platform === 'win32' || platform === 'darwin') return /^zh/i.test(systemLocale) ? 'zh-Hans' : 'en'
  return 'zh-Hans'
}
