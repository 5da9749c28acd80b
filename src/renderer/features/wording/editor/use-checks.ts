import { useRead } from '#client/use-read.ts'
import { useEffect, useRef, useState } from 'react'
import type * as Y from 'yjs'
import type { WordingContent } from '#domain/wording/content.ts'
import { findingsOf, type FieldFinding } from '#domain/wording/content-checks.ts'
import { readDraft } from '#domain/wording/draft-document.ts'
import type { PreparedOthers } from '#domain/wording/text/checks/contradictions.ts'
import type { VariableValues } from '#domain/wording/wording.ts'

/** How long after the last change a text is checked. Milliseconds. */
const REST_MS = 250

/** Runs an act when the page is idle; not every browser says when that is. */
const idle = (act: () => void) => ('requestIdleCallback' in window ? requestIdleCallback(act, { timeout: 500 }) : setTimeout(act, 0))

/** The content of the draft and its findings by the rules of the team, a moment after the last change, so that typing never waits for them. */
export function useChecks(doc: Y.Doc, language: 'zh-Hans' | 'en', values: VariableValues, others: PreparedOthers) {
  const [checked, setChecked] = useState<{ content: WordingContent | null; findings: readonly FieldFinding[] }>({
    content: null,
    findings: [],
  })
  const checks = useRead('rules.get', {}).data?.rules.wordingChecks
  const latest = useRef({ language, values })
  useEffect(() => {
    latest.current = { language, values }
  })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const check = () => {
      const read = readDraft(doc)
      const { language: spoken, values: known } = latest.current
      if (read.ok) setChecked({ content: read.content, findings: findingsOf(read.content, spoken, known, checks, others) })
    }
    const later = () => {
      if (timer !== null) clearTimeout(timer)
      timer = setTimeout(() => idle(check), REST_MS)
    }
    check()
    doc.on('update', later)
    return () => {
      doc.off('update', later)
      if (timer !== null) clearTimeout(timer)
    }
  }, [doc, checks, others])
  return checked
}
