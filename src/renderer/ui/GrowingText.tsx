import { Textarea, type TextareaProps } from '@mantine/core'
import type { Ref } from 'react'

type Props = Omit<TextareaProps, 'autosize' | 'resize' | 'styles' | 'rows'> & { ref?: Ref<HTMLTextAreaElement> | undefined }

/**
 * A field of several lines that grows with its text, from `minRows` to `maxRows`, by style alone (mantine-overrides.css):
 * measuring the text by script took longer than opening the dialog around it.
 */
export function GrowingText({ minRows = 1, maxRows = 40, ...field }: Props) {
  return <Textarea {...field} styles={{ input: { '--least-rows': minRows, '--most-rows': maxRows } }} />
}
