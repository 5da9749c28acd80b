import { segmentsOf, type TextRange } from '../state/segments.ts'

type MarkedProps = { text: string; news?: readonly TextRange[]; finds?: readonly TextRange[] }

const NONE: readonly TextRange[] = []

/** A text with what is new underlined and what was found highlighted. */
export function Marked({ text, news = NONE, finds = NONE }: MarkedProps) {
  if (news.length === 0 && finds.length === 0) return text
  let at = 0
  return segmentsOf(text, news, finds).map((segment) => {
    const key = at
    at += segment.text.length
    const found = segment.isFound ? <mark>{segment.text}</mark> : segment.text
    return segment.isNew ? <ins key={key}>{found}</ins> : <span key={key}>{found}</span>
  })
}
