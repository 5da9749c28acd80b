import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

/** The hub's figures in the text format of Prometheus. Only counts: nothing in them says who or what. */
export function createHubMetrics(version: string) {
  const registry = new Registry()
  registry.setDefaultLabels({ app: 'stormroom_hub' })
  collectDefaultMetrics({ register: registry })
  const info = new Gauge({ name: 'stormroom_hub_info', help: 'Version of the hub', labelNames: ['version'], registers: [registry] })
  info.set({ version }, 1)
  const links = new Gauge({ name: 'stormroom_hub_links', help: 'Links open now', registers: [registry] })
  const records = new Counter({ name: 'stormroom_hub_records_total', help: 'Records appended to the log since the start', registers: [registry] })
  const faults = new Counter({ name: 'stormroom_hub_faults_total', help: 'Questions that could not be answered', registers: [registry] })
  return {
    contentType: registry.contentType,
    recorded: (count: number) => records.inc(Math.max(0, count)),
    fault: () => faults.inc(),
    async text(openLinks: number): Promise<string> {
      links.set(openLinks)
      return registry.metrics()
    },
  }
}
