import { Textarea, type TextareaProps } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { useEffect, useRef, type Ref } from 'react'

type Props = Omit<TextareaProps, 'autosize' | 'resize' | 'styles' | 'rows'> & { ref?: Ref<HTMLTextAreaElement> | undefined }

/**
 * A multi-line field that grows with its text from `minRows` to `maxRows`, by CSS alone (mantine-overrides.css): measuring by script took
 * longer than opening the dialog around it. The caret starts at the end of the text.
 */
export function GrowingText({ minRows = 1, maxRows = 40, ref, ...field }: Props) {
  const area = useRef<HTMLTextAreaElement>(null)
  const merged = useMergedRef(area, ref)
  useEffect(() => {
    // By default the caret is placed before an initial text.
    const end = area.current?.value.length ?? 0
    area.current?.setSelectionRange(end, end)
  }, [])
  return <Textarea ref={merged} {...field} styles={{ input: { '--least-rows': minRows, '--most-rows': maxRows } }} />
}
