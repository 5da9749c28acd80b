import type { BackgroundWork } from '../background-work.ts'
import type { Webhooks } from './webhooks.ts'

/** Takes new events from the log and sends what is due: one round at a time, and after it one more for what came meanwhile. */
export function createDeliveryRounds(webhooks: Webhooks, background: BackgroundWork) {
  let again = false
  let round: Promise<void> | null = null

  async function deliverDue(): Promise<void> {
    do {
      again = false
      await webhooks.take()
      // What is under way to one receiver holds up neither the taking nor the others.
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
