/** A function of a test, as text, that runs in the main process with the stand-in instead of Electron. */
export type Asked = { id: number; source: string; argument: unknown }
export type Answered = { id: number; ok: true; value: unknown } | { id: number; ok: false; message: string }

/** Runs functions that a test sends over the IPC channel, as Playwright does with the real Electron. */
export function answerTest(loadElectron: () => Promise<object>): void {
  process.on('message', (asked: Asked) => {
    void run(asked, loadElectron).then((answer) => process.send?.(answer))
  })
}

async function run({ id, source, argument }: Asked, loadElectron: () => Promise<object>): Promise<Answered> {
  try {
    // The text comes from the test that started this process.
    const ask = new Function(`return (${source})`)() as (electron: object, argument: unknown) => unknown
    return { id, ok: true, value: await ask(await loadElectron(), argument) }
  } catch (error) {
    return { id, ok: false, message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
