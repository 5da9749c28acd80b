import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')
const LOCALES = join(ROOT, 'resources/locales')

/** Keys without their plural endings, and the texts of each. */
export type Entries = Map<string, string[]>

/** Names of all namespaces of a language. */
export function namespacesOf(language: string): string[] {
  return readdirSync(join(LOCALES, language))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .toSorted()
}

/** All texts of a namespace by dotted key; `count_one` and `count_other` are the same key. */
export function readEntries(language: string, namespace: string): Entries {
  const entries: Entries = new Map()
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      const key = path.replace(/_(zero|one|two|few|many|other)$/, '')
      entries.set(key, [...(entries.get(key) ?? []), value])
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) walk(part, path === '' ? name : `${path}.${name}`)
    }
  }
  walk(JSON.parse(readFileSync(join(LOCALES, language, `${namespace}.json`), 'utf8')), '')
  return entries
}

/** The placeholders of a text: `{{name}}` and `<tag />`. */
export function placeholdersOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => text.match(/\{\{\s*\w+[^}]*\}\}|<\/?\w+\s*\/?>/g) ?? []))].toSorted()
}

/** Source files of a part with their text, comments blanked out. */
export function readSources(part: string, pattern = /\.tsx?$/): { path: string; text: string }[] {
  return readdirSync(join(ROOT, 'src', part), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => ({ path: `src/${part}/${name}`, text: withoutComments(readFileSync(join(ROOT, 'src', part, name), 'utf8')) }))
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/(^|[\s;{}(,])\/\/[^\n]*/g, '$1')
}
