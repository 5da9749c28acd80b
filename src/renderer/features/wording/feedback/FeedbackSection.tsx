import { useApiClient } from '#client/api-context.tsx'
import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { FeedbackQuote } from '#contract/agents-api.ts'
import { done, fail, type Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { WordingView } from '#contract/wording-api.ts'
import { useGroups } from '#features/agents'
import { usePermit, usePermits } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { DataTable } from '#ui/DataTable.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Feedback.module.css'
import { hasObjection, objectionEdits } from './objection-edits.ts'

/** Agents write while they talk. Milliseconds. */
const AGAIN_MS = 5000
/** Client ids take 32 bits; small ones are reserved. */
const randomClient = () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) + 2

/** What agents say of a published text: how often it worked, and what customers object, which can be taken into the draft. */
export function FeedbackSection({ wording, incident }: { wording: WordingView; incident: IncidentView | undefined }) {
  const { t } = useTranslation('wording')
  const { incidentId, id: wordingId } = wording
  const readBarred = usePermit('agents.read')
  const { data, failure, readAgain } = useRead('agents.feedback', readBarred === null ? { incidentId } : null, { every: AGAIN_MS })
  const { act, busy, refused, draft } = useTakeObjection(wording)
  const { barredFrom } = usePermits()
  const { nameOf } = useGroups()
  const barred = barredFrom('wording.draft', { incident })
  const rows = (data?.rows ?? []).filter((row) => row.wordingId === wordingId).toSorted((a, b) => b.number - a.number)
  const quotes = (data?.quotes ?? []).filter((quote) => quote.wordingId === wordingId)
  const taken = useMemo(
    () => new Set(draft === undefined ? [] : quotes.filter(({ text }) => hasObjection(draft, text)).map(({ id }) => id)),
    [draft, quotes],
  )
  if (failure)
    return (
      <Section title={t('feedback.title')}>
        <FailureNotice failure={failure} sentence={t('feedback.unreachable')} onRetry={readAgain} />
      </Section>
    )
  if (rows.length === 0) return null
  return (
    <Section title={t('feedback.title')}>
      <DataTable
        label={t('feedback.title')}
        rows={rows}
        rowKey={({ revisionId }) => revisionId}
        columns={[
          { id: 'version', head: t('feedback.version'), render: ({ number }) => t('revision', { number }) },
          ...(['opened', 'copied', 'worked', 'objected'] as const).map((count) => ({
            id: count,
            head: t(`feedback.${count}`),
            align: 'end' as const,
            render: (row: (typeof rows)[number]) => row[count],
          })),
        ]}
      />
      {refused && <FailureNotice failure={refused} />}
      {quotes.length > 0 && (
        <ul className={classes['quotes']} aria-label={t('feedback.quotes')}>
          {quotes.map((quote) => (
            <li key={quote.id}>
              <q>{quote.text}</q>
              <span>
                {[...quote.groups.map(nameOf), t('revision', { number: quote.number })].join(' · ')} · <Age at={quote.at} />
              </span>
              {taken.has(quote.id) ? (
                <em>{t('feedback.taken')}</em>
              ) : (
                <ActButton quiet size="compact-xs" busy={busy} barred={barred} onAct={() => void act(quote)}>
                  {t('feedback.take')}
                </ActButton>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** Takes a customer's objection into the draft, to be answered there. */
function useTakeObjection({ incidentId, id: wordingId }: WordingView) {
  const { t } = useTranslation('wording')
  const client = useApiClient()
  const edit = useAct('wordings.edit')
  const draft = useRead('wordings.draft', { incidentId, wordingId }).data?.doc
  const say = useUndoNotice()
  const [refused, setRefused] = useState<Failure | null>(null)
  const write = async (text: string) => {
    // The draft as it is now: a colleague may have written since this screen read it.
    const now = await client.call('wordings.draft', { incidentId, wordingId })
    if (!now.ok) return now
    const edits = objectionEdits(now.value.doc, text, { part: crypto.randomUUID().slice(0, 18), client: randomClient() })
    if (edits === 'full') return fail('draft-edit', { problem: 'too-long' })
    for (const update of edits ?? []) {
      const written = await edit.act({ incidentId, wordingId, update, generation: now.value.generation })
      if (!written.ok) return written
    }
    return done(null)
  }
  const act = async ({ text }: FeedbackQuote) => {
    const result = await write(text)
    setRefused(result.ok ? null : result.failure)
    if (result.ok) say(t('feedback.takenNotice'))
  }
  return { act, busy: edit.busy, refused, draft }
}
