import { useEffect, useRef, useState } from 'react'

/**
 * The text of a field whose value is stored elsewhere (an address, a filter) and updated after a pause. Text being typed is never
 * overwritten by its own delayed update; a value set from elsewhere replaces it.
 * @param pause milliseconds without typing before `onChange` is called
 * @returns the text to show and its setter; `at once` skips the pause
 */
export function useTypedText(
  value: string,
  onChange: (text: string) => void,
  pause: number,
): [string, (text: string, when?: 'at once') => void] {
  const [typed, setTyped] = useState(value)
  const [seen, setSeen] = useState(value)
  const [told, setTold] = useState(value)
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  if (seen !== value) {
    setSeen(value)
    if (told !== value) {
      setTold(value)
      setTyped(value)
    }
  }
  useEffect(() => {
    if (typed === told) return undefined
    const timer = setTimeout(() => {
      setTold(typed)
      latest.current(typed)
    }, pause)
    return () => clearTimeout(timer)
  }, [typed, told, pause])
  return [
    typed,
    (text, when) => {
      setTyped(text)
      if (when !== 'at once') return
      setTold(text)
      onChange(text)
    },
  ]
}
