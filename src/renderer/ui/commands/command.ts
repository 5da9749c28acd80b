/** An action that the user can run by name or by key. */
export type Command = {
  /** Unique in the app: `<feature>.<act>`. */
  id: string
  label: string
  /** Heading in the palette and the key sheet. */
  section?: string
  /** Additional search words, in any language. */
  keywords?: string
  /**
   * Keys, as `N`, `?`, `mod+K`, `mod+Shift+D`, `ArrowDown`; several are alternatives. `mod` is Ctrl, on a Mac ⌘. Keys without `mod` are
   * ignored while the user types or a dialog is open.
   */
  shortcut?: string | readonly string[]
  /** Omitted from the palette: moves within a list that are useful only as keys. */
  hidden?: boolean
  /** Acts on the page: with `mod` too, its keys are ignored while a dialog is open. */
  ofPage?: boolean
  disabled?: boolean
  run(): void
}

/** What has the keyboard: a dialog over the page, or an element that uses the key itself. */
type KeyState = { dialog: boolean; ownKey: boolean }

/** Whether a shortcut of a command runs it now, see {@link Command.shortcut}. */
export function isHeard({ ofPage = false }: Pick<Command, 'ofPage'>, shortcut: string, { dialog, ownKey }: KeyState): boolean {
  return shortcut.includes('mod+') ? !(ofPage && dialog) : !dialog && !ownKey
}

/**
 * The effective shortcuts by command id. If several commands share a key, the last enabled one gets it. Only these may be displayed, so
 * that a displayed key always works. A disabled command keeps the keys that no enabled one uses.
 */
export function workingKeys(commands: readonly Command[]): Map<string, readonly string[]> {
  const holders = new Map<string, Command>()
  for (const command of commands) {
    if (!command.disabled) for (const shortcut of shortcutsOf(command)) holders.set(shortcut, command)
  }
  return new Map(
    commands.map((command) => [command.id, shortcutsOf(command).filter((shortcut) => (holders.get(shortcut) ?? command) === command)]),
  )
}

/** All shortcuts of a command, in order of preference. */
export function shortcutsOf(command: Pick<Command, 'shortcut'>): readonly string[] {
  if (command.shortcut === undefined) return []
  return typeof command.shortcut === 'string' ? [command.shortcut] : command.shortcut
}
