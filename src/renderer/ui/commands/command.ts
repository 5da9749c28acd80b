/** Something the user can do by name or by key. */
export type Command = {
  /** Unique in the app: `<feature>.<act>`. */
  id: string
  label: string
  /** Heading under which the palette and the key sheet list it. */
  section?: string
  /** Further words to find it by, in any language. */
  keywords?: string
  /**
   * Keys, as `N`, `?`, `mod+K`, `mod+Shift+D`, `ArrowDown`; several are alternatives. `mod` is Ctrl, on a Mac ⌘.
   * A key without `mod` does nothing while the user types or a dialog is open.
   */
  shortcut?: string | readonly string[]
  /** Left out of the palette: moves within a list that only make sense as keys. */
  hidden?: boolean
  disabled?: boolean
  run(): void
}

/**
 * The keys by which each command runs now, by command id: of several commands with one key, the last that can run has it.
 * Nothing else may be shown as a key: what is shown must do what it says. One that cannot run keeps the keys that nobody takes.
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

/** Every key of a command, in order of preference. */
export function shortcutsOf(command: Pick<Command, 'shortcut'>): readonly string[] {
  if (command.shortcut === undefined) return []
  return typeof command.shortcut === 'string' ? [command.shortcut] : command.shortcut
}
