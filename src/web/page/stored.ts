import type { z } from 'zod'

/** What a page keeps in the browser. A full, blocked or damaged store is an empty one: nothing in it is needed to work. */
export type Stored<T> = { read: () => T | null; write: (value: T) => void; clear: () => void }

export function stored<T>(key: string, schema: z.ZodType<T>, storage: () => Storage = () => localStorage): Stored<T> {
  return {
    read: () => {
      try {
        const found = storage().getItem(key)
        const read = found === null ? null : schema.safeParse(JSON.parse(found))
        return read?.success ? read.data : null
      } catch {
        return null
      }
    },
    write: (value) => {
      try {
        storage().setItem(key, JSON.stringify(value))
      } catch {
        // An old value under a newer name would mislead.
        remove(storage, key)
      }
    },
    clear: () => remove(storage, key),
  }
}

function remove(storage: () => Storage, key: string): void {
  try {
    storage().removeItem(key)
  } catch {
    // Blocked: there is nothing.
  }
}
