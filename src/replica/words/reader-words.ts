import { createInstance } from 'i18next'
import type { SystemEvent } from '#domain/timeline/entry.ts'
import { entryWords } from '#domain/timeline/event-words.ts'
import type { Language } from '#contract/workspace-api.ts'
import englishExports from '../../../resources/locales/en/exports.json' with { type: 'json' }
import englishImports from '../../../resources/locales/en/imports.json' with { type: 'json' }
import englishIncidents from '../../../resources/locales/en/incidents.json' with { type: 'json' }
import englishPeople from '../../../resources/locales/en/people.json' with { type: 'json' }
import englishPersonal from '../../../resources/locales/en/personal.json' with { type: 'json' }
import englishRisk from '../../../resources/locales/en/risk.json' with { type: 'json' }
import englishTasks from '../../../resources/locales/en/tasks.json' with { type: 'json' }
import englishTerms from '../../../resources/locales/en/terms.json' with { type: 'json' }
import englishTimeline from '../../../resources/locales/en/timeline.json' with { type: 'json' }
import englishWording from '../../../resources/locales/en/wording.json' with { type: 'json' }
import chineseExports from '../../../resources/locales/zh-Hans/exports.json' with { type: 'json' }
import chineseImports from '../../../resources/locales/zh-Hans/imports.json' with { type: 'json' }
import chineseIncidents from '../../../resources/locales/zh-Hans/incidents.json' with { type: 'json' }
import chinesePeople from '../../../resources/locales/zh-Hans/people.json' with { type: 'json' }
import chinesePersonal from '../../../resources/locales/zh-Hans/personal.json' with { type: 'json' }
import chineseRisk from '../../../resources/locales/zh-Hans/risk.json' with { type: 'json' }
import chineseTasks from '../../../resources/locales/zh-Hans/tasks.json' with { type: 'json' }
import chineseTerms from '../../../resources/locales/zh-Hans/terms.json' with { type: 'json' }
import chineseTimeline from '../../../resources/locales/zh-Hans/timeline.json' with { type: 'json' }
import chineseWording from '../../../resources/locales/zh-Hans/wording.json' with { type: 'json' }
import { wallClock } from '../tables/write/table-cell.ts'

/** The texts of the screens, for use elsewhere: files and search results. */
export type ReaderWords = {
  language: Language
  /** @param key `namespace:key` of the locale files */
  t(key: string, params?: Record<string, string | number>): string
  /** A moment in the reader's zone, to the minute: `2026-03-15 02:00`. */
  time(at: number): string
  entry(entry: { text: string; event?: SystemEvent | undefined }): string
}

const RESOURCES = {
  'zh-Hans': {
    exports: chineseExports,
    imports: chineseImports,
    incidents: chineseIncidents,
    people: chinesePeople,
    personal: chinesePersonal,
    risk: chineseRisk,
    tasks: chineseTasks,
    terms: chineseTerms,
    timeline: chineseTimeline,
    wording: chineseWording,
  },
  en: {
    exports: englishExports,
    imports: englishImports,
    incidents: englishIncidents,
    people: englishPeople,
    personal: englishPersonal,
    risk: englishRisk,
    tasks: englishTasks,
    terms: englishTerms,
    timeline: englishTimeline,
    wording: englishWording,
  },
}

const made = createInstance()
/** The locale files are read once, on first use. */
function localeFiles(): typeof made {
  if (!made.isInitialized)
    void made.init({
      initAsync: false,
      fallbackLng: false,
      resources: RESOURCES,
      ns: Object.keys(RESOURCES.en),
      defaultNS: 'exports',
      interpolation: { escapeValue: false },
    })
  return made
}

/** @param zone IANA name; times of an unknown one are written in UTC */
export function readerWords(language: Language, zone: string): ReaderWords {
  const fixed = localeFiles().getFixedT(language)
  const t: ReaderWords['t'] = (key, params) => fixed(key, params ?? {})
  const time = (at: number) => {
    const local = wallClock({ epochMs: at, zone })
    return local.isValid ? local.toFormat('yyyy-MM-dd HH:mm') : '–'
  }
  return { language, t, time, entry: (entry) => entryWords(entry, { t, time }) }
}
