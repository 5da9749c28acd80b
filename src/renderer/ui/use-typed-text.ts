import { useEffect, useRef, useState } from 'react'

/**
 * The text of a field whose value lives elsewhere (an address, a filter) and follows after a pause. What is being typed is
 * never overwritten by its own echo; a value that somebody else sets replaces it.
 * @param pause milliseconds without typing before `onChange` is told
 * @returns the text to show, and the way to change it; `at once` skips the pause
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
