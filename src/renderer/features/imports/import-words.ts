import type { Failure } from '#contract/failures.ts'
import { useFailureWords } from '#ui/failure-words.ts'
import { formatBytes } from '#ui/format-bytes.ts'
import { useTranslation } from 'react-i18next'

type Params = Record<string, string | number>

const BYTE_LIMITS = new Set(['archive-too-large', 'file-too-large', 'too-much-memory'])

/** Sentences for rejected files and rows, one for each code of the table reader. */
export function useImportWords(): {
  failure(failure: { code: string; params: Params }): string
  row(code: string, params: Params): string
} {
  const { t, i18n } = useTranslation('imports')
  const general = useFailureWords()
  const number = (value: string | number) => (typeof value === 'number' ? value.toLocaleString(i18n.language) : value)
  const worded = (code: string, params: Params) =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        BYTE_LIMITS.has(code) && typeof value === 'number' && name !== 'line' ? formatBytes(value) : number(value),
      ]),
    )
  return {
    failure(failure) {
      if (failure.code !== 'table-unreadable') return general(failure as Failure)
      const code = String(failure.params['code'])
      const line = Number(failure.params['line'] ?? 0)
      const sentence = t(`table.${code}`, worded(code, failure.params))
      return line > 0 ? t('table.atLine', { line: number(line), sentence }) : sentence
    },
    row: (code, params) => t(`row.${code}`, worded(code, params)),
  }
}
