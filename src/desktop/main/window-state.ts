import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Rectangle, Size } from 'electron'
import { z } from 'zod'

const Pixels = z.int().min(-100_000).max(100_000)

/** The window's position, in device-independent pixels across all displays; the bounds are those of the unmaximised window. */
export const WindowState = z.strictObject({ x: Pixels, y: Pixels, width: Pixels.min(100), height: Pixels.min(100), maximized: z.boolean() })
export type WindowState = z.infer<typeof WindowState>

export const SMALLEST_WINDOW = { width: 960, height: 640 }
const FIRST_SIZE = { width: 1280, height: 800 }
/** Minimum part of the title bar on a display, so that the user can grab the window. */
const GRIP = { width: 120, height: 24 }

/** The stored position, or null if there is none or it is unreadable. */
export function readWindowState(file: string): WindowState | null {
  try {
    const state = WindowState.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return state.success ? state.data : null
  } catch {
    return null
  }
}

/** Stores a position. A full disk must not prevent closing the window, so a failure only returns false. */
export function writeWindowState(file: string, state: WindowState): boolean {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state))
    renameSync(`${file}.new`, file)
    return true
  } catch {
    return false
  }
}

/**
 * Where to open the window: at its last position if its title bar is reachable there, else centred on the first display.
 * @param workAreas of the displays, the first one first; never empty
 */
export function placeWindow(
  state: WindowState | null,
  workAreas: readonly [Rectangle, ...Rectangle[]],
): Rectangle & { maximized: boolean } {
  const { width, height, maximized } = state ?? { ...FIRST_SIZE, maximized: false }
  if (state) {
    const stands = workAreas
      .map((area) => ({ area, bounds: { x: state.x, y: state.y, ...fit(state, area) } }))
      .find(({ area, bounds }) => isWithinReach(bounds, area))
    if (stands) return { ...stands.bounds, maximized }
  }
  const [first] = workAreas
  const size = fit({ width, height }, first)
  return {
    x: first.x + Math.round((first.width - size.width) / 2),
    y: first.y + Math.round((first.height - size.height) / 2),
    ...size,
    maximized,
  }
}

/** Limits a size to the minimum window size and to the display. */
function fit(size: Size, area: Rectangle): Size {
  return {
    width: Math.min(Math.max(size.width, SMALLEST_WINDOW.width), area.width),
    height: Math.min(Math.max(size.height, SMALLEST_WINDOW.height), area.height),
  }
}

function isWithinReach(bounds: Rectangle, area: Rectangle): boolean {
  const across = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const titleBarIsInside = bounds.y >= area.y && bounds.y + GRIP.height <= area.y + area.height
  return across >= GRIP.width && titleBarIsInside
}
