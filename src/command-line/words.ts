import type { Language } from '#contract/station-api.ts'
import { createInstance } from 'i18next'
import englishCommands from '../../resources/locales/en/command-line.json' with { type: 'json' }
import englishFailures from '../../resources/locales/en/failures.json' with { type: 'json' }
import englishTerms from '../../resources/locales/en/terms.json' with { type: 'json' }
import chineseCommands from '../../resources/locales/zh-Hans/command-line.json' with { type: 'json' }
import chineseFailures from '../../resources/locales/zh-Hans/failures.json' with { type: 'json' }
import chineseTerms from '../../resources/locales/zh-Hans/terms.json' with { type: 'json' }
import type { CommandFailure } from './exit-codes.ts'

type Params = Record<string, string | number>

export type Words = {
  language: Language
  t(key: string, params?: Params): string
  /** A word of the field, such as the name of a role, as the app has it (`terms.json`). */
  term(key: string): string
  /** One sentence for a failure, by its code. */
  failure(failure: CommandFailure): string
  /** Why a row of a file, or the whole file, was refused. */
  tableProblem(code: string, params: Params): string
}

const RESOURCES = {
  'zh-Hans': { 'command-line': chineseCommands, failures: chineseFailures, terms: chineseTerms },
  en: { 'command-line': englishCommands, failures: englishFailures, terms: englishTerms },
}

function megabytes(bytes: string | number | undefined): string {
  return typeof bytes === 'number' ? `${(bytes / 1024 / 1024).toFixed(1)} MB` : String(bytes ?? '')
}

/** The words of the command line in one language, from the same files as the app's. */
export async function loadWords(language: Language): Promise<Words> {
  const i18n = createInstance()
  await i18n.init({
    lng: language,
    fallbackLng: false,
    resources: RESOURCES,
    ns: ['command-line', 'failures', 'terms'],
    defaultNS: 'command-line',
    interpolation: { escapeValue: false },
  })
  const t: Words['t'] = (key, params) => i18n.t(key, { ...params })

  const tableProblem: Words['tableProblem'] = (code, params) => [code, ...Object.values(params)].join(' ')

  const failure: Words['failure'] = ({ code, params }) => {
    const problem = params['code']
    if (code === 'table-unreadable' && typeof problem === 'string') return t('failures.table', { why: tableProblem(problem, params) })
    // What can be done next differs between a screen and a terminal, so some codes of the contract have a sentence of their own here.
    if (code === 'bad-input') return t('failures.bad-input', { detail: String(params['detail'] ?? '').replaceAll(/\s+/g, ' ') })
    if (i18n.exists(`failures.${code}`)) return t(`failures.${code}`, params)
    if (code === 'file-too-large') return i18n.t(code, { ns: 'failures', size: megabytes(params['size']), limit: megabytes(params['limit']) })
    return i18n.exists(code, { ns: 'failures' }) ? i18n.t(code, { ns: 'failures', ...params }) : tableProblem(code, params)
  }

  return { language, t, term: (key) => i18n.t(key, { ns: 'terms' }), failure, tableProblem }
}
