import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** The hub's metrics. Only numbers: no names and no content. */
export type HubMetrics = {
  /** @param seconds since the due time */
  timerFired(seconds: number): void
  overQuota(quota: 'refused-texts' | 'links' | 'api-tokens'): void
  clockApart(seconds: number): void
  companySignIn(outcome: 'begun' | 'entered' | 'refused'): void
  delivered(ok: boolean): void
  requested(status: number): void
  /** @param seconds the duration of the answer */
  answered(question: string, seconds: number): void
  recorded(count: number): void
  fault(): void
  contentType: string
  /** All metrics in the text format of Prometheus. */
  text(openLinks: number, rowsSetAside: number): Promise<string>
}

export function createHubMetrics(version: string): HubMetrics {
  const registry = new Registry()
  registry.setDefaultLabels({ app: 'stormroom_hub' })
  collectDefaultMetrics({ register: registry })
  const info = new Gauge({ name: 'stormroom_hub_info', help: 'Version of the hub', labelNames: ['version'], registers: [registry] })
  info.set({ version }, 1)
  const links = new Gauge({ name: 'stormroom_hub_links', help: 'Links open now', registers: [registry] })
  const records = new Counter({
    name: 'stormroom_hub_records_total',
    help: 'Records appended to the log since the start',
    registers: [registry],
  })
  const faults = new Counter({ name: 'stormroom_hub_faults_total', help: 'Questions that could not be answered', registers: [registry] })
  const deliveries = new Counter({
    name: 'stormroom_hub_webhook_deliveries_total',
    help: 'Events sent to webhooks, by whether they arrived',
    labelNames: ['outcome'],
    registers: [registry],
  })
  const requests = new Counter({
    name: 'stormroom_hub_api_requests_total',
    help: 'Answers of the API, by class of status',
    labelNames: ['status'],
    registers: [registry],
  })
  const questions = new Histogram({
    name: 'stormroom_hub_question_seconds',
    help: 'Time to answer a question of a link',
    labelNames: ['question'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  })
  const setAside = new Gauge({
    name: 'stormroom_hub_set_aside_rows',
    help: 'Stored rows that cannot be read and are left out; the table set_aside names them',
    registers: [registry],
  })
  const overQuota = new Counter({
    name: 'stormroom_hub_over_quota_total',
    help: 'What was refused, or not kept, because somebody had too much of it already',
    labelNames: ['quota'],
    registers: [registry],
  })
  const company = new Counter({
    name: 'stormroom_hub_company_sign_ins_total',
    help: 'Sign-ins by a company account, by what became of them',
    labelNames: ['outcome'],
    registers: [registry],
  })
  const clock = new Gauge({
    name: 'stormroom_hub_clock_apart_seconds',
    help: 'How far the clock of this machine is behind that of the database',
    registers: [registry],
  })
  const timerDelays = new Histogram({
    name: 'stormroom_hub_timer_delay_seconds',
    help: 'How long after it was due a timer fired',
    buckets: [0.5, 1, 2, 5, 10, 60, 600, 3600],
    registers: [registry],
  })
  return {
    timerFired: (seconds) => timerDelays.observe(seconds),
    overQuota: (quota) => overQuota.inc({ quota }),
    clockApart: (seconds) => clock.set(seconds),
    companySignIn: (outcome) => company.inc({ outcome }),
    delivered: (ok) => deliveries.inc({ outcome: ok ? 'arrived' : 'failed' }),
    requested: (status) => requests.inc({ status: `${Math.floor(status / 100)}xx` }),
    answered: (question, seconds) => questions.observe({ question }, seconds),
    contentType: registry.contentType,
    recorded: (count) => records.inc(Math.max(0, count)),
    fault: () => faults.inc(),
    async text(openLinks, rowsSetAside) {
      links.set(openLinks)
      setAside.set(rowsSetAside)
      return registry.metrics()
    },
  }
}
