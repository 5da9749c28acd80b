import { isMac, shortcutParts } from './commands/match-shortcut.ts'
import classes from './Kbd.module.css'

/** A shortcut, with key names as on the user's keyboard. */
export function Kbd({ shortcut }: { shortcut: string }) {
  return (
    <span className={classes['keys']}>
      {shortcutParts(shortcut, isMac()).map((part) => (
        <kbd key={part}>{part}</kbd>
      ))}
    </span>
  )
}
