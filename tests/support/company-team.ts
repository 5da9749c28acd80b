import { HubConfig } from '#hub/hub-config.ts'
import { openOwnHub, type OwnHub } from '#workspace/own-hub/open-own-hub.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { CLIENT, freePort, openProvider, type CompanyProvider } from './company-provider.ts'

export type CompanyTeam = { hub: OwnHub; provider: CompanyProvider; address: string; code: string; close(): Promise<void> }

/** A team's hub on its own over a folder, a provider beside it, and the invite of the first member. */
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
  const opened = await openOwnHub(config, {
    version: 'test',
    mirrorWorker: workerUrls(import.meta.url).mirror,
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
