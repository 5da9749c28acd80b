import type { ApiHandlers } from '#contract/api.ts'
import { done, type Result } from '#contract/failures.ts'
import type { Language } from '#contract/workspace-api.ts'
import type { VariableValues } from '#domain/wording/wording.ts'
import type { Cast } from './cast.ts'

/** The values of the story's variables. */
const VALUES: Record<Language, VariableValues> = {
  'zh-Hans': {
    brand: '清屿',
    product: '清屿 Q3 空气净化器',
    hotline: '400-820-7731',
    deadline: '明天上午 10:00',
    owner: '技术部林一舟',
    link: 'qingyu.example/q3',
  },
  en: {
    brand: 'Qingyu',
    product: 'the Qingyu Q3 air purifier',
    hotline: '400-820-7731',
    deadline: 'tomorrow 10:00',
    owner: 'Lin Yizhou, engineering',
    link: 'qingyu.example/q3',
  },
}

/** How often the story looks for the approvals of colleagues, and how long it waits in between. Milliseconds. */
const LOOKS = 400
const LOOK_MS = 5

/**
 * Takes a text of the starter library into the incident and submits it; PR and legal approve it in their own names, and it is
 * published. Without colleagues it stays in approval.
 * @param settle waits until the hub has everything that was written
 */
export async function tellWording(
  { handlers, language, incidentId, cast }: { handlers: ApiHandlers; language: Language; incidentId: string; cast: Cast | null },
  starter: string,
  settle: () => Promise<void>,
): Promise<Result<unknown>> {
  const before = await handlers['wordings.list']({ incidentId, removed: false })
  if (!before.ok) return before
  const set = await handlers['wordings.setValues']({ incidentId, values: VALUES[language] })
  if (!set.ok) return set
  const taken = await handlers['wordings.takeStarter']({ incidentId, language, ids: [starter] })
  if (!taken.ok) return taken
  const known = new Set(before.value.map(({ id }) => id))
  const list = await handlers['wordings.list']({ incidentId, removed: false })
  if (!list.ok) return list
  const wordingId = list.value.find(({ id }) => !known.has(id))?.id ?? ''
  const saved = await handlers['wordings.save']({ incidentId, wordingId, note: '', overruled: [], ask: true })
  if (!saved.ok || !cast) return saved
  const [revision] = saved.value.revisions
  if (!revision) return saved
  await settle()
  for (const role of ['pr', 'legal'] as const) {
    const approved = await cast.approve(role, { revisionId: revision.id, hash: revision.hash })
    if (approved && !approved.ok) return approved
  }
  for (let look = 0; look < LOOKS; look += 1) {
    const now = await handlers['wordings.get']({ incidentId, wordingId })
    if (!now.ok) return now
    if (now.value.last?.approval.status === 'approved') break
    await new Promise<void>((resolve) => {
      setTimeout(resolve, LOOK_MS)
    })
  }
  const { id: revisionId, hash } = revision
  const published = await handlers['wordings.publish']({
    incidentId,
    wordingId,
    revisionId,
    hash,
    from: null,
    until: null,
    summary: '',
    promises: [],
  })
  return published.ok ? done(null) : published
}
