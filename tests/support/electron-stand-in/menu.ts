import type * as Electron from 'electron'
import { app } from './app.ts'
import { StandInWindow } from './window.ts'

type Used = 'id' | 'label' | 'role' | 'type' | 'enabled' | 'accelerator' | 'submenu' | 'click'

/** An entry of the stand-in's menu. */
export class StandInMenuItem implements Record<Used, unknown> {
  readonly id: string
  readonly label: string
  readonly role: Electron.MenuItemConstructorOptions['role']
  readonly type: string
  readonly enabled: boolean
  readonly accelerator: string | undefined
  readonly submenu: StandInMenu | null
  readonly click: () => void

  constructor(options: Electron.MenuItemConstructorOptions) {
    this.id = options.id ?? ''
    this.label = options.label ?? ''
    this.role = options.role
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal')
    this.enabled = options.enabled ?? true
    this.accelerator = options.accelerator
    this.submenu = Array.isArray(options.submenu) ? new StandInMenu(options.submenu) : null
    const { click } = options
    this.click = () => {
      if (click) click(this as unknown as Electron.MenuItem, undefined, {} as Electron.KeyboardEvent)
      else if (options.role === 'quit') app.quit()
      else if (options.role === 'close') StandInWindow.getAllWindows()[0]?.close()
    }
  }
}

/** The stand-in's menu: a tree that a test reads and selects from. */
export class StandInMenu implements Pick<Electron.Menu, never> {
  readonly items: StandInMenuItem[]

  constructor(template: Electron.MenuItemConstructorOptions[]) {
    this.items = template.map((options) => new StandInMenuItem(options))
  }

  getMenuItemById(id: string): StandInMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null)
      if (found) return found
    }
    return null
  }

  private static application: StandInMenu | null = null

  static buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): StandInMenu {
    return new StandInMenu(template)
  }
  static setApplicationMenu(menu: StandInMenu | null): void {
    StandInMenu.application = menu
  }
  static getApplicationMenu(): StandInMenu | null {
    return StandInMenu.application
  }
}
