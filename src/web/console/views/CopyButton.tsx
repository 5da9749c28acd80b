import { useEffect, useState } from 'react'
import { copyText } from '../../page/copy-text.ts'
import { useWords } from '../../page/words.tsx'

type CopyButtonProps = {
  text: string
  label?: string
  hint?: string
  disabled: boolean
  isMain?: boolean
  onCopied?: (text: string) => void
}

/** Copies a text and says for a moment whether that worked. */
export function CopyButton({ text, label, hint, disabled, isMain = false, onCopied }: CopyButtonProps) {
  const t = useWords('console')
  const [result, setResult] = useState<'copied' | 'refused' | null>(null)
  useEffect(() => {
    if (result === null) return
    const timer = setTimeout(() => setResult(null), 1_500)
    return () => clearTimeout(timer)
  }, [result])
  const copy = async () => {
    const copied = await copyText(text)
    setResult(copied ? 'copied' : 'refused')
    if (copied) onCopied?.(text)
  }
  return (
    <button
      type="button"
      className={isMain ? 'main copy' : 'copy'}
      disabled={disabled}
      aria-keyshortcuts={hint}
      onClick={() => void copy()}
    >
      {result === null ? (label ?? t('copy.copy')) : t(`copy.${result}`)}
      {hint !== undefined && <kbd aria-hidden>{hint}</kbd>}
    </button>
  )
}
