import type { TaskView } from '#contract/task-api.ts'
import { isOpenTask } from '#domain/tasks/task.ts'
import { isMac, matchesShortcut, type Keystroke } from '#ui/commands/match-shortcut.ts'
import type { OpenTask } from './task-intent.ts'
import type { TaskActs } from './use-task-acts.ts'

/** Moves the focus to the next or previous stop of the list: a task, or an item of an expanded checklist. */
export function moveAmongStops(list: HTMLElement, by: 1 | -1): void {
  const stops = [...list.querySelectorAll<HTMLElement>('[data-stop]:not(:disabled)')]
  const now = stops.findIndex((stop) => stop === document.activeElement)
  stops[now < 0 ? 0 : Math.min(stops.length - 1, Math.max(0, now + by))]?.focus()
}

/** The keys of the focused task: Space advances it, E edits, D drops it; Enter opens it like any button. */
export function taskKeys(
  acts: Pick<TaskActs, 'advance' | 'reviseBarred' | 'moveBarred'>,
  onOpen: (open: OpenTask | null) => void,
): (task: TaskView) => (event: Keystroke & Pick<KeyboardEvent, 'repeat' | 'preventDefault'>) => void {
  return (task) => (event) => {
    const isKey = (shortcut: string) => matchesShortcut(event, shortcut, isMac())
    if (isKey(' ')) {
      if (!event.repeat) acts.advance(task)
    } else if (isKey('E')) onOpen({ id: task.id, intent: acts.reviseBarred === null ? 'revise' : 'read' })
    else if (isKey('D') && isOpenTask(task)) onOpen({ id: task.id, intent: acts.moveBarred(task) === null ? 'drop' : 'read' })
    else if (isKey('Escape')) onOpen(null)
    else return
    event.preventDefault()
  }
}
