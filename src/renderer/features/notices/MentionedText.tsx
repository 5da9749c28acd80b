import { useRead } from '#client/use-read.ts'
import type { Mention } from '#domain/notices/notice.ts'
import classes from './Mentions.module.css'
import { splitMentions } from './mentions.ts'

/** A text with mentioned members highlighted, the own name more strongly. */
export function MentionedText({ text, mentions }: { text: string; mentions: readonly Mention[] | undefined }) {
  return mentions && mentions.length > 0 ? <Marked text={text} mentions={mentions} /> : text
}

function Marked({ text, mentions }: { text: string; mentions: readonly Mention[] }) {
  const me = useRead('workspace.status', {}).data?.me
  return splitMentions(text, mentions).map((piece, index) => {
    // The pieces have no identity except their order.
    const key = `${index}-${piece.memberId ?? ''}`
    if (piece.memberId === null) return <span key={key}>{piece.text}</span>
    return (
      <span key={key} className={classes['mention']} data-me={piece.memberId === me?.id || undefined}>
        {piece.text}
      </span>
    )
  })
}
