import type { Failure } from '#contract/failures.ts'
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import english from '../../../resources/locales/en/approve.json' with { type: 'json' }
import englishFailures from '../../../resources/locales/en/failures.json' with { type: 'json' }
import englishTerms from '../../../resources/locales/en/terms.json' with { type: 'json' }
import chinese from '../../../resources/locales/zh-Hans/approve.json' with { type: 'json' }
import chineseFailures from '../../../resources/locales/zh-Hans/failures.json' with { type: 'json' }
import chineseTerms from '../../../resources/locales/zh-Hans/terms.json' with { type: 'json' }

export type Language = 'zh-Hans' | 'en'
type Params = Readonly<Record<string, string | number>>
type Texts = { readonly [key: string]: string | Texts }

const WORDS: Record<Language, { own: Texts; failures: Texts; role: Texts }> = {
  'zh-Hans': { own: chinese, failures: chineseFailures, role: chineseTerms.role },
  en: { own: english, failures: englishFailures, role: englishTerms.role },
}

const KEY = 'stormroom.approve.language'

/** The language chosen before on this phone, else that of the browser. */
function firstLanguage(): Language {
  let kept: string | null = null
  try {
    kept = localStorage.getItem(KEY)
  } catch {
    // Storage is blocked; the choice then lasts as long as the page.
  }
  if (kept === 'zh-Hans' || kept === 'en') return kept
  return navigator.languages.some((language) => language.startsWith('zh')) ? 'zh-Hans' : 'en'
}

function find(texts: Texts, key: string): string | null {
  let at: string | Texts | undefined = texts
  for (const name of key.split('.')) at = typeof at === 'object' && Object.hasOwn(at, name) ? at[name] : undefined
  return typeof at === 'string' ? at : null
}

const fill = (text: string, params: Params) => text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(params[name] ?? ''))

export type Words = {
  language: Language
  setLanguage(language: Language): void
  t(key: string, params?: Params): string
  role(role: string): string
  /** A failure in words: the page's own sentence, or that of the app. */
  failure(failure: Failure): string
  /** Joins names or roles. */
  list(items: readonly string[]): string
  /** A time of the hub, with the date. */
  moment(at: number): string
}

const Context = createContext<Words | null>(null)

/** Provides the texts of the page in the chosen language. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage)
  useEffect(() => {
    document.documentElement.lang = language
    try {
      localStorage.setItem(KEY, language)
    } catch {
      // See above.
    }
  }, [language])
  const words = useMemo((): Words => {
    const { own, failures, role } = WORDS[language]
    const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
    const nameOf = (one: string) => find(role, one) ?? one
    const t = (key: string, params: Params = {}) => fill(find(own, key) ?? key, params)
    return {
      language,
      setLanguage,
      t,
      role: nameOf,
      failure({ code, params }) {
        const shown = typeof params['as'] === 'string' ? { ...params, as: nameOf(params['as']) } : params
        const until = typeof params['until'] === 'number' ? { ...shown, until: time.format(params['until']) } : shown
        return fill(find(own, `failure.${code}`) ?? find(failures, code) ?? code, until)
      },
      list: (items) => items.join(language === 'en' ? ', ' : '、'),
      moment: (at) => time.format(at),
    }
  }, [language])
  useEffect(() => {
    document.title = words.t('name')
  }, [words])
  return <Context value={words}>{children}</Context>
}

export function useWords(): Words {
  const words = useContext(Context)
  if (!words) throw new Error('useWords outside WordsProvider')
  return words
}
