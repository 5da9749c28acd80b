import type { WordingContent } from '#domain/wording/content.ts'
import { UnstyledButton } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ContentReading } from './ContentReading.tsx'
import classes from './ApprovalPanel.module.css'
import { markedParts, selectedIn, type Passage } from './pinned.ts'

type Props = {
  content: WordingContent
  /** Passages with comments, in the order of their numbers. */
  pinned: readonly Passage[]
  /** Called with the selected passage, or the whole paragraph if nothing in it is selected; null: no comments can be made. */
  onPin: ((passage: Passage) => void) | null
}

/** The exact text of a revision, with the passages that have comments marked; each paragraph can be commented. */
export function PinnedReading({ content, pinned, onPin }: Props) {
  return (
    <ContentReading content={content} renderText={(at, text) => <Paragraph key={at} at={at} text={text} pinned={pinned} onPin={onPin} />} />
  )
}

function Paragraph({ at, text, pinned, onPin }: { at: string; text: string } & Pick<Props, 'pinned' | 'onPin'>) {
  const { t } = useTranslation('wording')
  const body = useRef<HTMLParagraphElement>(null)
  const pin = () => {
    const whole = { at, start: 0, end: text.length }
    onPin?.(body.current ? (selectedIn(body.current, at, window.getSelection()) ?? whole) : whole)
  }
  return (
    <div className={classes['paragraph']}>
      <p ref={body}>
        {markedParts(at, text, pinned).map((part) =>
          part.numbers.length === 0 ? (
            <span key={part.start}>{part.text}</span>
          ) : (
            <mark key={part.start} data-numbers={part.numbers.join(' ')}>
              {part.text}
            </mark>
          ),
        )}
      </p>
      {onPin && (
        // The press must not clear the selection that it is about.
        <UnstyledButton className={classes['pin']} onMouseDown={(event) => event.preventDefault()} onClick={pin}>
          <IconMessagePlus size={16} stroke={1.7} aria-hidden="true" />
          <span className="visually-hidden">{t('approval.pin', { text: text.slice(0, 20) })}</span>
        </UnstyledButton>
      )}
    </div>
  )
}
