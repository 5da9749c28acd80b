import english from '../../../resources/locales/en/approval-evidence.json' with { type: 'json' }
import englishTerms from '../../../resources/locales/en/terms.json' with { type: 'json' }
import chinese from '../../../resources/locales/zh-Hans/approval-evidence.json' with { type: 'json' }
import chineseTerms from '../../../resources/locales/zh-Hans/terms.json' with { type: 'json' }

export type EvidenceWords = typeof english & { role: typeof englishTerms.role }

const ZH: EvidenceWords = { ...chinese, role: chineseTerms.role }
const EN: EvidenceWords = { ...english, role: englishTerms.role }

/** A text for HTML: nothing in it is markup. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

/** A label in both languages, Chinese first: the page is read by people who do not choose a language. */
export function both(pick: (words: EvidenceWords) => string, params: Readonly<Record<string, string | number>> = {}): string {
  const fill = (text: string) => escapeHtml(text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(params[name] ?? '')))
  return `<span lang="zh-Hans">${fill(pick(ZH))}</span> <span class="en" lang="en">${fill(pick(EN))}</span>`
}
