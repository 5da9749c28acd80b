/** The parts of a keyboard event that identify a shortcut. */
export type Keystroke = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** A key that types a Latin character; names of keys such as `Process` are longer. */
const TYPES_LATIN = /^[\x20-\x7e]$/

/** Whether the command key of this machine is ⌘. */
export function isMac(): boolean {
  return navigator.platform.startsWith('Mac')
}

/**
 * Whether a keystroke matches the shortcut. Where a key types no Latin character (Chinese input methods, Cyrillic or Greek layouts), letters
 * match by physical key; a layout that moves the Latin letters, such as Dvorak, is followed. Digits with Shift match by physical key, as
 * they type a symbol instead. For symbols such as `?`, Shift is part of the symbol.
 */
export function matchesShortcut(stroke: Keystroke, shortcut: string, mac: boolean): boolean {
  const parts = shortcut.split('+')
  const key = parts.at(-1) ?? ''
  const wantsMod = parts.includes('mod')
  const wantsShift = parts.includes('Shift')
  const mod = mac ? stroke.metaKey : stroke.ctrlKey
  const foreign = mac ? stroke.ctrlKey : stroke.metaKey
  if (mod !== wantsMod || foreign || stroke.altKey) return false
  if (wantsShift && /^[0-9]$/.test(key)) return stroke.shiftKey && stroke.code === `Digit${key}`
  if (!/^[a-z]$/i.test(key)) return stroke.key === key && (key.length === 1 || stroke.shiftKey === wantsShift)
  if (stroke.shiftKey !== wantsShift) return false
  return stroke.key.toLowerCase() === key.toLowerCase() || (stroke.code === `Key${key.toUpperCase()}` && !TYPES_LATIN.test(stroke.key))
}

/** A shortcut for display: `mod+K` is `Ctrl K`, on a Mac `⌘ K`. */
export function shortcutParts(shortcut: string, mac: boolean): string[] {
  const names: Record<string, string> = {
    mod: mac ? '⌘' : 'Ctrl',
    Shift: mac ? '⇧' : 'Shift',
    ArrowDown: '↓',
    ArrowUp: '↑',
    ArrowLeft: '←',
    ArrowRight: '→',
    Enter: '↵',
    Escape: 'Esc',
    ' ': 'Space',
  }
  return shortcut.split('+').map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
}
