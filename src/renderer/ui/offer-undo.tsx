import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'

/** How long an act can be taken back from its notice. Milliseconds. */
const OFFERED_MS = 10_000

/** Says what was done; with `undo` it offers for ten seconds to take it back under the words of `act`. */
export function offerUndo({ message, act, undo }: { message: string; act: string; undo: () => Promise<unknown> }): void {
  const id = crypto.randomUUID()
  notifications.show({
    id,
    autoClose: OFFERED_MS,
    withBorder: true,
    message: (
      <span>
        {message}{' '}
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            notifications.hide(id)
            void undo()
          }}
        >
          {act}
        </Button>
      </span>
    ),
  })
}
