import { TextInput, type TextInputProps } from '@mantine/core'
import { useId } from 'react'

type Props = Omit<TextInputProps, 'list' | 'onChange'> & {
  /** Texts that are offered while typing; any other can be typed as well. */
  offered: readonly string[]
  onText: (text: string) => void
}

/** One line of text that offers what was written elsewhere. */
export function OfferedInput({ offered, onText, ...field }: Props) {
  const listId = useId()
  return (
    <>
      <TextInput list={listId} maxLength={60} {...field} onChange={(event) => onText(event.currentTarget.value)} />
      <datalist id={listId}>
        {offered.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </datalist>
    </>
  )
}
