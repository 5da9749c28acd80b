import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { expect, test } from 'vitest'
import { askToLeave } from '../../../src/desktop/main/ask-to-leave.ts'
import { wordsIn } from '../../../src/desktop/main/words.ts'

test.each([
  [0, true],
  [1, false],
])('a page with unsaved text is left only when that is chosen: button %i', (answer, left) => {
  const webContents = new EventEmitter()
  const asked: string[] = []
  askToLeave({
    window: { webContents } as unknown as BrowserWindow,
    dialog: {
      showMessageBoxSync: (_window: unknown, options?: { message: string }) => {
        asked.push(options?.message ?? '')
        return answer
      },
    },
    words: () => wordsIn('zh-Hans'),
  })
  let prevented = false
  webContents.emit('will-prevent-unload', { preventDefault: () => (prevented = true) })
  expect(prevented).toBe(left)
  expect(asked).toEqual(['还有文字没有保存，要离开吗？'])
})
