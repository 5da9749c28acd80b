import type { KeyActs } from '../../page/keys.ts'
import type { ConsoleStore } from '../connection/console-store.ts'
import { composeReply, fillIn } from '../state/pieces.ts'
import { SECTIONS } from '../state/sections.ts'
import type { DeskState } from './use-desk.ts'

/** What the keys of the desk do. */
export function deskKeys(store: ConsoleStore, desk: DeskState, noted: string): KeyActs {
  const {
    side,
    setSide,
    query,
    setQuery,
    isObjecting,
    setObjecting,
    isReplyOpen,
    setReplyOpen,
    setOpen,
    list,
    reply,
    isReplyBlocked,
    choose,
    take,
    ifUsable,
    focusSearch,
    copy,
    setToast,
    toggleSide,
  } = desk
  const back = () => {
    if (isObjecting) setObjecting(false)
    else if (side !== 'text') setSide('text')
    else if (query !== '') setQuery('')
    else if (isReplyOpen) setReplyOpen(false)
    else setOpen(null)
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }
  return {
    '/': focusSearch,
    'Ctrl+k': focusSearch,
    ...Object.fromEntries(SECTIONS.map((one, index) => [String(index + 1), () => choose(one)])),
    h: () => choose('handover'),
    n: () => toggleSide('changes'),
    '?': () => toggleSide('help'),
    j: () => list.move(1),
    k: () => list.move(-1),
    c: ifUsable((text, whole) => void copy(fillIn(whole, reply.values), [text])),
    a: ifUsable(take),
    r: () => {
      if (reply.pieces.length === 0 || isReplyBlocked) return
      void copy(
        composeReply(reply.pieces, reply.values),
        reply.pieces.map(({ from }) => from),
      )
    },
    w: ifUsable((text) => {
      store.note('worked', text)
      setToast(noted)
    }),
    o: ifUsable(() => setObjecting(true)),
    Escape: back,
  }
}
