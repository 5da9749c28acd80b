import { notifications } from '@mantine/notifications'
import { Button } from '@mantine/core'

/** How long an act can be taken back from its notice. Milliseconds. */
const OFFERED_MS = 10_000

/** Says what was done and offers, for ten seconds, to take it back. */
export function offerUndo({ message, act, undo }: { message: string; act: string; undo: () => Promise<void> }): void {
  const id = `undo-${message}`
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
