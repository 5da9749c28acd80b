import { bringFocusBack } from './focus-return.ts'
import { keepFormRules } from './form-keys.ts'
import { pointArrowsInGrids } from './grid-arrows.ts'
import { leaveKeysToTheInputMethod } from './input-method.ts'

/** Global rules for keys and focus, so that no screen has to implement them. Call it before rendering. */
export function applyKeyRules(): void {
  leaveKeysToTheInputMethod(window)
  keepFormRules(window)
  pointArrowsInGrids(window)
  bringFocusBack(document)
}
