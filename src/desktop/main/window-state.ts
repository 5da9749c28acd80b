import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Rectangle } from 'electron'
import { z } from 'zod'

const Pixels = z.int().min(-100_000).max(100_000)

/** Where the window stood, in device-independent pixels of all displays together; the bounds are those it has when not maximised. */
export const WindowState = z.strictObject({ x: Pixels, y: Pixels, width: Pixels.min(100), height: Pixels.min(100), maximized: z.boolean() })
export type WindowState = z.infer<typeof WindowState>

export const SMALLEST_WINDOW = { width: 960, height: 640 }
const FIRST_SIZE = { width: 1280, height: 800 }
/** So much of the title bar must be on a display, so that the window can be taken hold of. */
const GRIP = { width: 120, height: 24 }

/** The remembered place, or null when there is none or it cannot be understood. */
export function readWindowState(file: string): WindowState | null {
  try {
    const state = WindowState.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return state.success ? state.data : null
  } catch {
    return null
  }
}

/** Remembers a place. A disk that is full must not keep anybody from closing the window, so a failure only returns false. */
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
 * Where to open the window: where it stood if its title bar can still be reached there, else centred on the first display.
 * @param workAreas of the displays, the first one first; never empty
 */
export function placeWindow(state: WindowState | null, workAreas: readonly [Rectangle, ...Rectangle[]]): Rectangle & { maximized: boolean } {
  const known = state ?? { ...FIRST_SIZE, maximized: false }
  const area = (state && workAreas.find((candidate) => isWithinReach(state, candidate))) ?? workAreas[0]
  const width = clamp(known.width, SMALLEST_WINDOW.width, area.width)
  const height = clamp(known.height, SMALLEST_WINDOW.height, area.height)
  const stays = state !== null && isWithinReach(state, area)
  return {
    x: stays ? state.x : area.x + Math.round((area.width - width) / 2),
    y: stays ? state.y : area.y + Math.round((area.height - height) / 2),
    width,
    height,
    maximized: known.maximized,
  }
}

function isWithinReach(state: Rectangle, area: Rectangle): boolean {
  const across = Math.min(state.x + state.width, area.x + area.width) - Math.max(state.x, area.x)
  const titleBarIsInside = state.y >= area.y && state.y + GRIP.height <= area.y + area.height
  return across >= GRIP.width && titleBarIsInside
}

/** Between the two, the larger one giving way: a window never exceeds its display. */
function clamp(value: number, smallest: number, largest: number): number {
  return Math.min(Math.max(value, smallest), largest)
}
