import { HubConfig } from '#hub/hub-config.ts'
import { openStandaloneHub, type StandaloneHub } from '#workspace/standalone-hub/open-standalone-hub.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { CLIENT, freePort, openProvider, type CompanyProvider } from './company-provider.ts'

export type CompanyTeam = { hub: StandaloneHub; provider: CompanyProvider; address: string; code: string; close(): Promise<void> }

/** A standalone hub of a team over a folder, a provider, and the invite of the first member. */
export async function openCompanyTeam(data: string, name: string, account: string, only = false): Promise<CompanyTeam> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const provider = await openProvider(address)
  const config = HubConfig.parse({
    data,
    port,
    name,
    'no-tls': true,
    address: [address],
    'oidc-issuer': provider.issuer,
    'oidc-client-id': CLIENT.id,
    'oidc-client-secret': CLIENT.secret,
    'oidc-name': account,
    'oidc-only': only,
  })
  const opened = await openStandaloneHub(config, {
    version: 'test',
    bootstrapWorker: workerUrls(import.meta.url).bootstrap,
    webFolder: workerUrls(import.meta.url).web,
    log: () => {},
    now: Date.now,
  })
  if (!opened.ok) throw new Error(opened.trouble.kind)
  const { hub } = opened
  return {
    hub,
    provider,
    address,
    code: hub.firstInvite?.code ?? '',
    async close() {
      await hub.close()
      await provider.stop()
    },
  }
}
