import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { z } from 'zod'
import { stored } from './stored.ts'

export const LANGUAGES = ['zh-Hans', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** The texts of a page, nested, in one language: `resources/locales/<language>/<page>.json`. */
export type Words = { readonly [key: string]: string | Words }

/** The text of a dotted key with its `{{placeholders}}` filled. With `count`, the key's plural form, if it has one. */
export type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string

const kept = stored('stormroom.page.language', z.enum(LANGUAGES))

/** @returns the key itself for a text that does not exist, which the tests exclude */
export function createSay(words: Words, language: Language): Say {
  const find = (key: string): string | null => {
    let at: string | Words | undefined = words
    for (const name of key.split('.')) at = typeof at === 'object' ? at[name] : undefined
    return typeof at === 'string' ? at : null
  }
  const plurals = new Intl.PluralRules(language)
  return (key, params = {}) => {
    const { count } = params
    const plural = typeof count === 'number' ? (find(`${key}_${plurals.select(count)}`) ?? find(`${key}_other`)) : null
    const text = plural ?? find(key) ?? key
    return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''))
  }
}

/** The language kept from before, else that of the browser; Chinese unless the browser asks for other languages only. */
export function firstLanguage(asked: readonly string[]): Language {
  return kept.read() ?? (asked.length === 0 || asked.some((one) => one.toLowerCase().startsWith('zh')) ? 'zh-Hans' : 'en')
}

type Speech = { say: Say; language: Language; setLanguage: (language: Language) => void }
const SpeechContext = createContext<Speech | null>(null)

/** Gives a page its words in the agent's language, and says that language to the browser. */
export function WordsProvider({ words, children }: { words: Record<Language, Words>; children: ReactNode }) {
  const [language, setLanguage] = useState(() => firstLanguage(navigator.languages))
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const choose = useCallback((next: Language) => {
    kept.write(next)
    setLanguage(next)
  }, [])
  const say = useMemo(() => createSay(words[language], language), [words, language])
  const speech = useMemo(() => ({ say, language, setLanguage: choose }), [say, language, choose])
  return <SpeechContext value={speech}>{children}</SpeechContext>
}

function useSpeech(): Speech {
  const speech = useContext(SpeechContext)
  if (!speech) throw new Error('words are used outside of WordsProvider')
  return speech
}

/** The words of the page. @param _page the name of its file of texts, by which tests find unknown and unused keys */
export function useWords(_page: 'console'): Say {
  return useSpeech().say
}

export function useLanguage(): Pick<Speech, 'language' | 'setLanguage'> {
  return useSpeech()
}
