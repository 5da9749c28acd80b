const TOGGLES = 'input:is([type=radio], [type=checkbox], [type=range])'
/** Text fields: every plain key is input, also on a button beside the field. */
const WRITING =
  'form, input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable]:not([contenteditable=false]), [data-writing]'
/** Widgets that use the arrow keys. */
const MOVED_THROUGH =
  '[role=radiogroup], [role=tablist], [role=menu], [role=listbox], [role=slider], [role=spinbutton], [role=grid], [role=tree], [role=combobox], input:is([type=radio], [type=range])'
const PRESSED = `button, a[href], summary, [role=button], [role=link], [role=switch], ${TOGGLES}`
const MOVES = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'])

/**
 * Whether a key without Ctrl or ⌘ belongs to the focused element and so is no shortcut: all keys in a text field, arrows in widgets that
 * use them, Enter and Space on what they activate. Letters on radio buttons and tabs stay shortcuts.
 */
export function belongsToFocus({ target, key }: Pick<KeyboardEvent, 'target' | 'key'>): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest(WRITING) !== null) return true
  if (MOVES.has(key)) return target.closest(MOVED_THROUGH) !== null
  return (key === 'Enter' || key === ' ') && target.closest(PRESSED) !== null
}
