import { useRead } from '#client/use-read.ts'
import type { WordingView } from '#contract/wording-api.ts'
import type { WordingContent } from '#domain/wording/content.ts'
import { difference } from '#domain/wording/text/difference/difference.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { listedFacts } from './listed-facts.ts'
import { paragraphsOf } from './paragraphs.ts'

/** More changes than these do not fit in one sentence. */
const MOST = 3

/** What changed since the version in use, in one sentence of its changed numbers, dates and telephones; empty if none changed. */
export function useSuggestedSummary({ incidentId, live }: WordingView, content: WordingContent | undefined): string {
  const { t } = useTranslation('wording')
  const before = useRead('wordings.revision', live ? { incidentId, revisionId: live.revisionId } : null).data?.content
  return useMemo(() => {
    if (!before || !content) return ''
    const [old, now] = [paragraphsOf(before), paragraphsOf(content)].map((paragraphs) => paragraphs.map(({ text }) => text))
    if (!old || !now) return ''
    const facts = listedFacts(old, now, difference(old, now))
    if (facts.length > MOST) return ''
    return facts
      .map(({ kind, before: gone, after: come }) => {
        const fact = t(`fact.${kind}`)
        if (gone !== null && come !== null) return t('suggested.changed', { fact, before: gone, after: come })
        return gone === null ? t('suggested.added', { fact, after: come }) : t('suggested.gone', { fact, before: gone })
      })
      .join(t('suggested.and'))
  }, [before, content, t])
}
