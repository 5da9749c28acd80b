const TOGGLES = 'input:is([type=radio], [type=checkbox], [type=range])'
/** Where one writes: every plain key is part of it, also on a button beside the field. */
const WRITING =
  'form, input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable]:not([contenteditable=false]), [data-writing]'
/** What is moved through with the arrows. */
const MOVED_THROUGH =
  '[role=radiogroup], [role=tablist], [role=menu], [role=listbox], [role=slider], [role=spinbutton], [role=grid], [role=tree], [role=combobox], input:is([type=radio], [type=range])'
const PRESSED = `button, a[href], summary, [role=button], [role=link], [role=switch], ${TOGGLES}`
const MOVES = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'])

/**
 * Whether a key without Ctrl or ⌘ belongs to what has the focus, and so is no shortcut there: everything while one writes, the
 * arrows in whatever they move through, Enter and Space on what they press. Letters beside a choice of what is shown stay commands.
 */
export function belongsToFocus({ target, key }: Pick<KeyboardEvent, 'target' | 'key'>): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest(WRITING) !== null) return true
  if (MOVES.has(key)) return target.closest(MOVED_THROUGH) !== null
  return (key === 'Enter' || key === ' ') && target.closest(PRESSED) !== null
}
