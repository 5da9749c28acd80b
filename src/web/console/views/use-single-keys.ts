import { useState } from 'react'
import { z } from 'zod'
import { stored } from '../../page/stored.ts'

const kept = stored('stormroom.console.single-keys', z.boolean())

/** Whether single letters are commands: on, unless switched off in this browser. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => kept.read() ?? true)
  return [
    on,
    (next) => {
      kept.write(next)
      setOn(next)
    },
  ]
}
