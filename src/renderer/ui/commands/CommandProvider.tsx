import { createContext, use, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import { belongsToFocus } from '../keys/own-keys.ts'
import { createCommandRegistry, type CommandRegistry } from './command-registry.ts'
import { isHeard, shortcutsOf, type Command } from './command.ts'
import { isMac, matchesShortcut } from './match-shortcut.ts'

const CommandContext = createContext<CommandRegistry | null>(null)

function isDialogOpen(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null
}

function findByKey(commands: readonly Command[], event: KeyboardEvent, mac: boolean): Command | undefined {
  const state = { dialog: isDialogOpen(), ownKey: belongsToFocus(event) }
  return commands.findLast(
    (command) =>
      !command.disabled &&
      shortcutsOf(command).some((shortcut) => isHeard(command, shortcut, state) && matchesShortcut(event, shortcut, mac)),
  )
}

/** Holds the commands of the mounted components and runs them by shortcut. */
export function CommandProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(createCommandRegistry)
  useEffect(() => {
    const mac = isMac()
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const command = findByKey(registry.list(), event, mac)
      // A held key may repeat moves through a list, but must not repeat a command.
      if (!command || (event.repeat && !command.hidden)) return
      event.preventDefault()
      command.run()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [registry])
  return <CommandContext value={registry}>{children}</CommandContext>
}

function useRegistry(): CommandRegistry {
  const registry = use(CommandContext)
  if (!registry) throw new Error('Commands outside of CommandProvider')
  return registry
}

/** Registers commands for the palette, the shortcuts and the key sheet while the calling component is mounted. */
export function useCommands(commands: readonly Command[]): void {
  const registry = useRegistry()
  const [owner] = useState(() => Symbol('commands'))
  const shown = JSON.stringify(commands.map(({ run: _run, ...rest }) => rest))
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  useEffect(() => {
    // The registration changes only with texts and keys; `run` is always the latest.
    const parsed = JSON.parse(shown) as Omit<Command, 'run'>[]
    registry.put(
      owner,
      parsed.map((command) => ({ ...command, run: () => latest.current.find((one) => one.id === command.id)?.run() })),
    )
  }, [registry, owner, shown])
  useEffect(() => () => registry.remove(owner), [registry, owner])
}

/** All registered commands. */
export function useCommandList(): readonly Command[] {
  const registry = useRegistry()
  return useSyncExternalStore(registry.subscribe, registry.list)
}
