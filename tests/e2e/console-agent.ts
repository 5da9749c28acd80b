import { request } from 'node:https'
import { ConsoleEvent, ConsoleState } from '#contract/agent-wire.ts'

/** An agent's console without a page: the same requests over real HTTP. The hub's certificate is its own. */
export type ConsoleAgent = {
  state(): Promise<ConsoleState>
  /** Confirms the version in use of a text. */
  confirm(textId: string): Promise<void>
  /** Notes what was done with a text; `text`: what the customer objected. */
  note(textId: string, kind: 'opened' | 'copied' | 'worked' | 'objected', text?: string): Promise<void>
  /** The events of the stream so far, and the next of a type. */
  listen(): { next<Type extends ConsoleEvent['t']>(type: Type): Promise<Extract<ConsoleEvent, { t: Type }>>; close(): void }
}

type Answer = { status: number; body: string; cookie: string | null }

function ask(address: string, path: string, { cookie, body }: { cookie?: string; body?: unknown } = {}): Promise<Answer> {
  const url = new URL(`/console/api/${path}`, address)
  return new Promise((settle, refuse) => {
    const sent = request(
      url,
      {
        method: body === undefined ? 'GET' : 'POST',
        rejectUnauthorized: false,
        headers: {
          origin: url.origin,
          ...(cookie ? { cookie } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (part: string) => (text += part))
        answer.on('end', () =>
          settle({ status: answer.statusCode ?? 0, body: text, cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? null }),
        )
      },
    )
    sent.on('error', refuse)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** Signs in by number and password, or joins by a link. */
export async function enterConsole(
  address: string,
  who: { number: string; password: string } | { link: string; number: string; name: string },
): Promise<ConsoleAgent> {
  const entered = await ask(address, 'password' in who ? 'sign-in' : 'join', { body: who })
  if (entered.status !== 200 || entered.cookie === null) throw new Error(`${entered.status} ${entered.body}`)
  const { cookie } = entered
  const post = async (path: string, body: unknown) => {
    const answer = await ask(address, path, { cookie, body })
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body}`)
  }
  const state = async () => ConsoleState.parse(JSON.parse((await ask(address, 'state', { cookie })).body))
  const textOf = async (textId: string) => {
    const text = (await state()).texts.find(({ id }) => id === textId)
    if (!text) throw new Error(`no text ${textId}`)
    return text
  }
  return {
    state,
    async confirm(textId) {
      const { revisionId, hash, releaseAt } = await textOf(textId)
      await post('confirm', { textId, revisionId, hash, releaseAt })
    },
    async note(textId, kind, text = '') {
      const { revisionId } = await textOf(textId)
      await post('notes', { notes: [{ id: crypto.randomUUID(), kind, textId, revisionId, at: Date.now(), text }] })
    },
    listen() {
      const events: ConsoleEvent[] = []
      let wake = () => {}
      const sent = request(
        new URL('/console/api/stream?version=', address),
        { rejectUnauthorized: false, headers: { cookie, accept: 'text/event-stream' } },
        (answer) => {
          let text = ''
          answer.setEncoding('utf8')
          answer.on('data', (part: string) => {
            text += part
            const blocks = text.split('\n\n')
            text = blocks.pop() ?? ''
            for (const block of blocks) {
              const data = /^data: (.*)$/mu.exec(block)?.[1]
              if (data !== undefined) events.push(ConsoleEvent.parse(JSON.parse(data)))
            }
            wake()
          })
        },
      )
      sent.on('error', () => {})
      sent.end()
      return {
        async next(type) {
          for (;;) {
            const at = events.findIndex(({ t }) => t === type)
            const found = events[at]
            if (found) {
              events.splice(at, 1)
              return found as Extract<ConsoleEvent, { t: typeof type }>
            }
            await new Promise<void>((resume) => {
              wake = resume
            })
          }
        },
        close: () => void sent.destroy(),
      }
    },
  }
}
