import type { Language } from '#contract/workspace-api.ts'
import { partiesNamed } from '#domain/permissions/matrix.ts'
import { createInstance } from 'i18next'
import englishCommands from '../../resources/locales/en/command-line.json' with { type: 'json' }
import englishFailures from '../../resources/locales/en/failures.json' with { type: 'json' }
import englishImports from '../../resources/locales/en/imports.json' with { type: 'json' }
import englishTerms from '../../resources/locales/en/terms.json' with { type: 'json' }
import chineseCommands from '../../resources/locales/zh-Hans/command-line.json' with { type: 'json' }
import chineseFailures from '../../resources/locales/zh-Hans/failures.json' with { type: 'json' }
import chineseImports from '../../resources/locales/zh-Hans/imports.json' with { type: 'json' }
import chineseTerms from '../../resources/locales/zh-Hans/terms.json' with { type: 'json' }
import type { CommandFailure } from './exit-codes.ts'
import { printableLine } from './terminal.ts'

type Params = Record<string, string | number>

export type Words = {
  language: Language
  t(key: string, params?: Params): string
  /** A term, such as the name of a role, as in the app (`terms.json`). */
  term(key: string): string
  /** One sentence for a failure, by its code. */
  failure(failure: CommandFailure): string
  /** Why a row of a file, or the whole file, was refused. */
  tableProblem(code: string, params: Params): string
}

const RESOURCES = {
  'zh-Hans': { 'command-line': chineseCommands, failures: chineseFailures, imports: chineseImports, terms: chineseTerms },
  en: { 'command-line': englishCommands, failures: englishFailures, imports: englishImports, terms: englishTerms },
}

function megabytes(bytes: string | number | undefined): string {
  return typeof bytes === 'number' ? `${(bytes / 1024 / 1024).toFixed(1)} MB` : String(bytes ?? '')
}

/** Fallback for a code without a sentence. */
function spell(code: string, params: Params): string {
  return [code, ...Object.values(params)].join(' ')
}

/** The texts of the command line in one language, from the same files as the app's. */
export async function loadWords(language: Language): Promise<Words> {
  const i18n = createInstance()
  await i18n.init({
    lng: language,
    fallbackLng: false,
    resources: RESOURCES,
    ns: ['command-line', 'failures', 'imports', 'terms'],
    defaultNS: 'command-line',
    interpolation: { escapeValue: false },
  })
  // Titles, names and file names are foreign text: a line break or terminal command in one must not fake a line of output.
  const safe = (params: Params): Params =>
    Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? printableLine(value) : value]))
  const t: Words['t'] = (key, params) => i18n.t(key, safe(params ?? {}))

  const tableProblem: Words['tableProblem'] = (code, params) => {
    const kind = i18n.exists(`row.${code}`, { ns: 'imports' }) ? 'row' : 'table'
    if (!i18n.exists(`${kind}.${code}`, { ns: 'imports' })) return spell(code, params)
    // A row's limits are counts; a file's limits are bytes if its size is named too, or if it was unpacked.
    const inBytes = kind === 'table' && (code === 'file-too-large' || code === 'archive-too-large')
    const words = inBytes ? { size: megabytes(params['size']), limit: megabytes(params['limit']) } : {}
    const sentence = i18n.t(`${kind}.${code}`, { ns: 'imports', ...params, ...words })
    return kind === 'table' && Number(params['line']) > 0
      ? i18n.t('table.atLine', { ns: 'imports', line: params['line'], sentence })
      : sentence
  }

  const partiesOf = (roles: string) =>
    partiesNamed(roles).map((one) => i18n.t(i18n.exists(`role.${one}`, { ns: 'terms' }) ? `role.${one}` : `party.${one}`, { ns: 'terms' }))

  /** A field of the import as the app names it, not as the code does. */
  const fieldName = (field: string) =>
    i18n.exists(`role.${field}`, { ns: 'imports' }) ? i18n.t(`role.${field}`, { ns: 'imports' }) : field

  const failure: Words['failure'] = ({ code, params }) => {
    const problem = params['code']
    if (code === 'table-unreadable' && typeof problem === 'string') return tableProblem(problem, params)
    // The next steps differ between a screen and a terminal, so some codes of the contract have their own sentence here.
    if (code === 'bad-input') return t('failures.bad-input', { detail: String(params['detail'] ?? '').replaceAll(/\s+/g, ' ') })
    if (i18n.exists(`failures.${code}`))
      return t(`failures.${code}`, params['field'] === undefined ? params : { ...params, name: fieldName(String(params['field'])) })
    if (code === 'file-too-large')
      return i18n.t(code, { ns: 'failures', size: megabytes(params['size']), limit: megabytes(params['limit']) })
    if (code === 'not-permitted') return i18n.t(code, { ns: 'failures', roles: partiesOf(String(params['roles'] ?? '')) })
    return i18n.exists(code, { ns: 'failures' }) ? i18n.t(code, { ns: 'failures', ...params }) : spell(code, params)
  }

  return { language, t, term: (key) => i18n.t(key, { ns: 'terms' }), failure, tableProblem }
}
