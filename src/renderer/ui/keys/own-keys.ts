/** Where one writes: every plain key is part of it, also on a button beside the field. */
const WRITING = 'form, input, textarea, select, [contenteditable]:not([contenteditable=false]), [data-writing]'
/** What is moved through with the arrows. */
const MOVED_THROUGH = '[role=radiogroup], [role=tablist], [role=menu], [role=listbox], [role=slider], [role=spinbutton], [role=grid], [role=tree], [role=combobox]'
const PRESSED = 'button, a[href], summary, [role=button], [role=link], [role=switch]'
const TOGGLES = 'input:is([type=radio], [type=checkbox], [type=range])'
const MOVES = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'])

/**
 * Whether a key without Ctrl or ⌘ belongs to what has the focus, and so is no shortcut there: everything while one writes or
 * chooses, the arrows in whatever they move through, Enter and Space on what they press. Escape leaves what is only chosen.
 */
export function belongsToFocus({ target, key }: Pick<KeyboardEvent, 'target' | 'key'>): boolean {
  if (!(target instanceof Element)) return false
  if (key === 'Escape' && target.matches(TOGGLES) && target.closest('form, [data-writing]') === null) return false
  if (target.closest(WRITING) !== null) return true
  if (MOVES.has(key)) return target.closest(MOVED_THROUGH) !== null
  return (key === 'Enter' || key === ' ') && target.closest(PRESSED) !== null
}
