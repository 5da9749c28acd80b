import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Provider } from 'oidc-provider'

export const CLIENT = { id: 'stormroom', secret: 'ein-langes-geheimnis-des-klienten' }

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => void server.once('error', reject).listen(port, '127.0.0.1', resolve))
const endOf = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** A port that was free when this was called. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  await endOf(server)
  return port
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await text(request))
}

/**
 * A real provider of company accounts on a real port: a person who types a name into its page is signed in under that name. It
 * has its own login page, since the library's page fetches a font from the network.
 * @param hub origin of the hub, to which it redirects browsers
 */
export async function openProvider(hub: string) {
  let serve: RequestListener = (_request, response) => void response.writeHead(503).end()
  const listener: RequestListener = (request, response) => serve(request, response)
  let server = createServer(listener)
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${hub}/auth/oidc/callback`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    cookies: { keys: ['a key of a test'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/enter/${uid}` },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, email: 'same@example.com' }) }),
    // No consent page: the hub belongs to the company.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId ?? '', accountId: oidc.session?.accountId ?? '' })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  serve = (request, response) => {
    if (!request.url?.startsWith('/enter/')) return void answer(request, response)
    if (request.method === 'GET')
      return void response
        .setHeader('content-type', 'text/html; charset=utf-8')
        .end(
          '<!doctype html><html lang="en"><title>Company</title><form method="post"><label>Company name <input name="login"></label><button>Enter</button><button name="no" value="1">Cancel</button></form>',
        )
    void formOf(request)
      .then((form) =>
        provider.interactionFinished(
          request,
          response,
          form.has('no') ? { error: 'access_denied' } : { login: { accountId: form.get('login') ?? '' } },
          { mergeWithLastSubmission: false },
        ),
      )
      .catch((error: unknown) => void response.writeHead(500).end(String(error)))
  }

  return {
    issuer,
    /** `stop` takes the provider off the network, `start` brings it back. */
    stop: () => endOf(server),
    async start(): Promise<void> {
      server = createServer(listener)
      await listen(server, port)
    },
  }
}

export type CompanyProvider = Awaited<ReturnType<typeof openProvider>>

export type Seen = { status: number; url: string; html: string; headers: Headers }

/** A browser without a screen: follows redirects and keeps cookies, for one person at one provider and one hub. */
export function createBrowser() {
  const cookies = new Map<string, string>()

  async function visit(address: string, form?: Record<string, string>): Promise<Seen> {
    let url = address
    let body = form ? new URLSearchParams(form) : undefined
    for (let step = 0; step < 12; step++) {
      const response = await fetch(url, {
        redirect: 'manual',
        method: body ? 'POST' : 'GET',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), 'accept-language': 'en' },
        ...(body ? { body } : {}),
      })
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        cookies.set(name, value)
      }
      const next = response.headers.get('location')
      if (next === null) return { status: response.status, url, html: await response.text(), headers: response.headers }
      url = new URL(next, url).href
      body = undefined
    }
    throw new Error(`Too many redirects: ${url}`)
  }

  /** The hidden fields of a page's form. */
  const fieldsOf = ({ html }: Seen) =>
    Object.fromEntries(
      [...html.matchAll(/name="(\w+)" value="([^"]*)">/g)]
        .filter(([whole]) => !whole.includes('answer'))
        .map(([, name = '', value = '']) => [name, value]),
    )

  return {
    visit,
    /** Goes from the provider's address to the hub's page, signed in as `account`. */
    async enter(address: string, account: string): Promise<Seen> {
      const page = await visit(address)
      return page.url.includes('/enter/') ? visit(page.url, { login: account }) : page
    },
    async cancel(address: string): Promise<Seen> {
      return visit((await visit(address)).url, { no: '1' })
    },
    /** Presses one of the two buttons of the hub's page. */
    press: (page: Seen, answer: 'yes' | 'no'): Promise<Seen> =>
      visit(new URL('/auth/oidc/confirm', page.url).href, { ...fieldsOf(page), answer }),
  }
}
