import { isMac, shortcutParts } from './commands/match-shortcut.ts'
import classes from './Kbd.module.css'

/** The keys of a shortcut, as the user's keyboard names them. */
export function Kbd({ shortcut }: { shortcut: string }) {
  return (
    <span className={classes['keys']}>
      {shortcutParts(shortcut, isMac()).map((part) => (
        <kbd key={part}>{part}</kbd>
      ))}
    </span>
  )
}
