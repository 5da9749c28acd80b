import { createInstance, type TFunction } from 'i18next'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { namespacesOf } from './locale-files.ts'

const LOCALES = resolve(import.meta.dirname, '../../resources/locales')

/** The texts of a language as screens get them, without a screen. */
export function wordsIn(language: 'zh-Hans' | 'en'): TFunction {
  const words = Object.fromEntries(
    namespacesOf(language).map((name): [string, unknown] => [
      name,
      JSON.parse(readFileSync(join(LOCALES, language, `${name}.json`), 'utf8')),
    ]),
  )
  const instance = createInstance()
  void instance.init({ lng: language, initAsync: false, resources: { [language]: words as never }, interpolation: { escapeValue: false } })
  return instance.t
}
