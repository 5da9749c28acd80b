import { Textarea, type TextareaProps } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { useEffect, useRef, type Ref } from 'react'

type Props = Omit<TextareaProps, 'autosize' | 'resize' | 'styles' | 'rows'> & { ref?: Ref<HTMLTextAreaElement> | undefined }

/**
 * A field of several lines that grows with its text, from `minRows` to `maxRows`, by style alone (mantine-overrides.css):
 * measuring the text by script took longer than opening the dialog around it. One goes on writing at the end of what it holds.
 */
export function GrowingText({ minRows = 1, maxRows = 40, ref, ...field }: Props) {
  const area = useRef<HTMLTextAreaElement>(null)
  const merged = useMergedRef(area, ref)
  useEffect(() => {
    // A field that comes with its text has the caret before it.
    const end = area.current?.value.length ?? 0
    area.current?.setSelectionRange(end, end)
  }, [])
  return <Textarea ref={merged} {...field} styles={{ input: { '--least-rows': minRows, '--most-rows': maxRows } }} />
}
