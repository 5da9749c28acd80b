import type { WordingContent } from '#domain/wording/content.ts'
import type { VariableValues } from '#domain/wording/wording.ts'
import { UnstyledButton } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ContentReading } from './ContentReading.tsx'
import classes from './ApprovalPanel.module.css'
import { Variable } from './FilledText.tsx'
import { markedParts, selectedIn, type MarkedPart, type Passage } from './pinned.ts'

type Props = {
  content: WordingContent
  /** Fills in variables, and marks those that are `missing`; without, they stay as written. */
  filled?: Filled
  /** Passages with comments, in the order of their numbers. */
  pinned: readonly Passage[]
  /** Called with the selected passage, or the whole paragraph if nothing in it is selected; null: no comments can be made. */
  onPin: ((passage: Passage) => void) | null
}

/** The values that fill a text, and the variables that need one before publication. */
export type Filled = { values: VariableValues; missing: readonly string[] }

const AS_WRITTEN: Filled = { values: {}, missing: [] }

/** The exact text of a revision, with the passages that have comments marked; each paragraph can be commented. */
export function PinnedReading({ content, filled, pinned, onPin }: Props) {
  return (
    <ContentReading
      content={content}
      renderText={(at, text) => <Paragraph key={at} at={at} text={text} filled={filled} pinned={pinned} onPin={onPin} />}
    />
  )
}

type ParagraphProps = { at: string; text: string; filled: Filled | undefined } & Pick<Props, 'pinned' | 'onPin'>

function Paragraph({ at, text, filled, pinned, onPin }: ParagraphProps) {
  const { t } = useTranslation('wording')
  const body = useRef<HTMLParagraphElement>(null)
  const parts = markedParts(at, text, pinned, (filled ?? AS_WRITTEN).values)
  const pin = () => {
    const whole = { at, start: 0, end: text.length }
    onPin?.(body.current ? (selectedIn(body.current, at, parts, window.getSelection()) ?? whole) : whole)
  }
  return (
    <div className={classes['paragraph']}>
      <p ref={body}>
        {parts.map((part) =>
          part.numbers.length === 0 ? (
            <Part key={part.start} part={part} filled={filled} />
          ) : (
            <mark key={part.start} data-numbers={part.numbers.join(' ')}>
              <Part part={part} filled={filled} />
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

/** A part of a text; a variable is shown as it is published. */
function Part({ part: { text, written, variable }, filled }: { part: MarkedPart; filled: Filled | undefined }) {
  if (!variable || !filled) return <span>{text}</span>
  return <Variable written={written} value={variable.filled ? text : ''} isMissing={filled.missing.includes(variable.name)} />
}
