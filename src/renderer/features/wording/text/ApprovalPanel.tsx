import { MINUTE } from '#domain/durations.ts'
import { wordMinutes } from '#ui/time/use-span.ts'
import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { RevisionRow, WordingView } from '#contract/wording-api.ts'
import { missingValues, valuesFor } from '#domain/wording/values.ts'
import type { PinnedComment } from '#domain/wording/wording.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ApprovalPanel.module.css'
import { ChangedValues } from './ChangedValues.tsx'
import { ComparedRevisions } from './ComparedRevisions.tsx'
import { DecisionForm } from './DecisionForm.tsx'
import { comparedTo, reviewedRevisions } from './next-step.ts'
import { wordsAt, type Passage } from './pinned.ts'
import { PhoneAddress } from './PhoneAddress.tsx'
import { PinnedReading } from './PinnedReading.tsx'
import { commentsOf, NewComment, PinnedComments, type GivenComment } from './PinnedComments.tsx'
import { Overruled } from './RevisionsPanel.tsx'
import { useRoleList } from './use-role-list.ts'
import { useValuesRead } from './use-values-read.ts'

type Props = { wording: WordingView; incident: IncidentView | undefined }

/** The approval of a revision: what changed, the exact text, who decided what, and the member's own decision. */
export function ApprovalPanel({ wording, incident }: Props) {
  const { t } = useTranslation('wording')
  const { t: ui } = useTranslation('ui')
  const list = useRoleList()
  const [chosen, setChosen] = useState<string | null>(null)
  const reviewed = reviewedRevisions(wording)
  const shown = reviewed.find(({ id }) => id === chosen) ?? reviewed[0]
  if (!shown) {
    const { roles, inOrder, dueMinutes } = wording.policy
    return (
      <EmptyState title={t('approval.none')}>
        {t(inOrder ? 'approval.policyInOrder' : 'approval.policy', { roles: list(roles), span: wordMinutes(dueMinutes * MINUTE, ui) })}
      </EmptyState>
    )
  }
  return (
    <>
      {reviewed.length > 1 && (
        <SegmentedControl
          size="xs"
          mb="md"
          aria-label={t('approval.which')}
          value={shown.id}
          onChange={setChosen}
          data={reviewed.map(({ id, number, approval }) => ({
            value: id,
            label: t('approval.option', { number, status: t(`approvalStatus.${approval.status}`) }),
          }))}
        />
      )}
      <Review key={shown.id} wording={wording} revision={shown} incident={incident} />
    </>
  )
}

function Review({ wording, revision, incident }: Props & { revision: RevisionRow }) {
  const { t } = useTranslation('wording')
  const { incidentId } = wording
  const { data, failure, readAgain } = useRead('wordings.revision', { incidentId, revisionId: revision.id })
  const [mine, setMine] = useState<PinnedComment[]>([])
  const [pinning, setPinning] = useState<Passage | null>(null)
  const compared = comparedTo(wording, revision)
  const [seen, setSeen] = useState<string | null>(null)
  const mayDecide = revision.mayApproveAs.length > 0 || revision.mayRejectAs.length > 0
  const given = commentsOf(revision)
  // The text with its values is what is approved: with others it is another text.
  const { values, changed, readAgain: readValues } = useValuesRead(data ? valuesFor(data.content, wording.values) : null)
  const comments: GivenComment[] = [...given, ...mine.map((comment) => ({ ...comment, by: null }))]
  return (
    <div className={classes['approval']}>
      <section className={classes['asked']}>
        <h2>{t('approval.title', { number: revision.number, title: revision.title })}</h2>
        {revision.review && <p className={classes['soft']}>{t('approval.askedBy', { name: revision.review.byName })}</p>}
        {revision.note !== '' && <p>{t('approval.note', { note: revision.note })}</p>}
        {revision.approval.status === 'in-review' && <PhoneAddress />}
      </section>
      <Overruled revision={revision} />
      {compared && (
        <ComparedRevisions
          key={compared.id}
          from={{ incidentId, revisionId: compared.id }}
          to={{ incidentId, revisionId: revision.id }}
          onShown={() => setSeen(compared.id)}
          title={t(compared.id === wording.live?.revisionId ? 'difference.toLive' : 'difference.toPrevious', { number: compared.number })}
        />
      )}
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {data && (
        <section className={classes['exact']} aria-label={t('approval.exact')}>
          <h3>{t('approval.exact')}</h3>
          {mayDecide && <p className={classes['soft']}>{t('approval.pinHint')}</p>}
          <ChangedValues changed={changed} onRead={readValues} />
          <div className={classes['paper']}>
            <PinnedReading
              content={data.content}
              filled={{ values, missing: missingValues(data.content, values, wording.kind) }}
              pinned={comments}
              onPin={mayDecide ? setPinning : null}
            />
          </div>
          {pinning && (
            <NewComment
              key={`${pinning.at} ${pinning.start} ${pinning.end}`}
              quote={wordsAt(data.content, pinning)}
              onPinned={(text) => {
                if (text !== null) setMine((now) => [...now, { ...pinning, text }])
                setPinning(null)
              }}
            />
          )}
          <PinnedComments
            content={data.content}
            comments={comments}
            onRemove={(index) => setMine((now) => now.filter((_one, at) => at !== index - given.length))}
          />
        </section>
      )}
      {data && (
        <DecisionForm
          wording={wording}
          revision={revision}
          incident={incident}
          comparedWith={seen}
          unread={changed.length > 0 ? 'values' : compared !== null && seen !== compared.id ? 'difference' : null}
          values={values}
          comments={mine}
          onDecided={() => setMine([])}
        />
      )}
    </div>
  )
}
