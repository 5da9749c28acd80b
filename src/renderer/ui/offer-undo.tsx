import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'

/** How long undo is offered. Milliseconds. */
const OFFERED_MS = 10_000

/** Shows a message; with `undo`, offers for ten seconds to undo it, labelled `act`. */
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
