import { bringFocusBack } from './focus-return.ts'
import { keepFormRules } from './form-keys.ts'
import { pointArrowsInGrids } from './grid-arrows.ts'
import { leaveKeysToTheInputMethod } from './input-method.ts'

/** What holds for keys and focus everywhere, so that no screen has to see to it. To be called before anything is shown. */
export function applyKeyRules(): void {
  leaveKeysToTheInputMethod(window)
  keepFormRules(window)
  pointArrowsInGrids(window)
  bringFocusBack(document)
}
