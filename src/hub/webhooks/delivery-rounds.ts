import type { BackgroundWork } from '../core/background-work.ts'
import type { Webhooks } from './webhooks.ts'

/** Takes new events from the log and sends due deliveries: one round at a time, followed by another if events arrived meanwhile. */
export function createDeliveryRounds(webhooks: Webhooks, background: BackgroundWork) {
  let again = false
  let round: Promise<void> | null = null

  async function deliverDue(): Promise<void> {
    do {
      again = false
      await webhooks.take()
      // Sending in the background: a slow receiver blocks neither the next round nor other receivers.
      background.run(async () => void (await webhooks.send()))
    } while (again && !background.isClosed())
  }

  return (): Promise<void> => {
    if (round) again = true
    round ??= deliverDue().finally(() => {
      round = null
    })
    return round
  }
}
