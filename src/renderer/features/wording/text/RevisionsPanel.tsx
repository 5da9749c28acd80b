import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { RevisionRow, WordingView } from '#contract/wording-api.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { NativeSelect, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ComparedRevisions } from './ComparedRevisions.tsx'
import { EvidenceButton } from './EvidenceButton.tsx'
import { commentsOf, PinnedComments } from './PinnedComments.tsx'
import { PinnedReading } from './PinnedReading.tsx'
import classes from './RevisionsPanel.module.css'
import { Approvers } from './Whereabouts.tsx'

type Props = { wording: WordingView; incident: IncidentView | undefined; onWritten: () => void }

/** The revisions of a text: who saved each, when and why, who approved it, its difference to any other, and its full text. */
export function RevisionsPanel({ wording, incident, onWritten }: Props) {
  const { t } = useTranslation('wording')
  const { revisions, live } = wording
  const [chosen, setChosen] = useState<string | null>(null)
  const revision = revisions.find(({ id }) => id === chosen) ?? revisions[0]
  if (!revision) return <EmptyState title={t('revisions.none')}>{t('revisions.noneText')}</EmptyState>
  return (
    <div className={classes['revisions']}>
      <nav aria-label={t('page.revisions')}>
        <ol className={classes['list']}>
          {revisions.map((one) => (
            <li key={one.id}>
              <UnstyledButton
                className={classes['choice']}
                aria-current={one === revision ? 'true' : undefined}
                onClick={() => setChosen(one.id)}
              >
                <b>
                  {t('revision', { number: one.number })}
                  {one.id === live?.revisionId && <i>{t('revisions.inUse')}</i>}
                </b>
                <span>
                  {one.byName} · <Age at={one.at} />
                </span>
                <span>{t(`approvalStatus.${one.approval.status}`)}</span>
                {one.note !== '' && <span>{one.note}</span>}
              </UnstyledButton>
            </li>
          ))}
        </ol>
      </nav>
      <Revision key={revision.id} wording={wording} revision={revision} incident={incident} onWritten={onWritten} />
    </div>
  )
}

function Revision({ wording, revision, incident, onWritten }: Props & { revision: RevisionRow }) {
  const { t } = useTranslation('wording')
  const { incidentId, id: wordingId, revisions } = wording
  const before = revisions.find(({ number }) => number < revision.number)
  const [other, setOther] = useState<string | null>(before?.id ?? null)
  const compared = revisions.find(({ id }) => id === other)
  const { data, failure } = useRead('wordings.revision', { incidentId, revisionId: revision.id })
  const restore = usePermittedAct('wordings.restore', { incident })
  const tell = useUndoNotice()
  const takeBack = async () => {
    const done = await restore.act({ incidentId, wordingId, revisionId: revision.id })
    if (!done.ok) return
    tell(t('revisions.restored', { number: revision.number }))
    onWritten()
  }
  // The older one is always the one before, whichever was chosen first.
  const [from, to] = compared && compared.number > revision.number ? [revision, compared] : [compared, revision]
  return (
    <div className={classes['chosen']}>
      <div className={classes['head']}>
        <h2>{t('revisions.title', { number: revision.number, title: revision.title })}</h2>
        <ActButton quiet size="xs" busy={restore.busy} barred={restore.barred} onAct={() => void takeBack()}>
          {t('revisions.restore', { number: revision.number })}
        </ActButton>
        {revision.review && <EvidenceButton incidentId={incidentId} revisionId={revision.id} number={revision.number} />}
      </div>
      {restore.failure && <FailureNotice failure={restore.failure} />}
      <p className={classes['soft']}>
        {t('revisions.writers', { names: revision.contributors.map(({ name }) => name).join(t('and')) })}
        {revision.note !== '' && ` · ${revision.note}`}
      </p>
      <Approvers revision={revision} />
      <Overruled revision={revision} />
      {revisions.length > 1 && (
        <div className={classes['compare']}>
          <NativeSelect
            size="xs"
            label={t('revisions.compareWith')}
            value={other ?? ''}
            onChange={(event) => setOther(event.currentTarget.value || null)}
            data={[
              { value: '', label: t('revisions.nothing') },
              ...revisions
                .filter(({ id }) => id !== revision.id)
                .map(({ id, number, byName }) => ({ value: id, label: t('revisions.option', { number, name: byName }) })),
            ]}
          />
          {from && to && (
            <ComparedRevisions
              key={`${from.id} ${to.id}`}
              from={{ incidentId, revisionId: from.id }}
              to={{ incidentId, revisionId: to.id }}
              title={t('difference.between', { from: from.number, to: to.number })}
            />
          )}
        </div>
      )}
      {failure && <FailureNotice failure={failure} />}
      {data && (
        <section className={classes['text']} aria-label={t('revisions.text', { number: revision.number })}>
          <h3>{t('revisions.text', { number: revision.number })}</h3>
          <PinnedReading content={data.content} pinned={commentsOf(revision)} onPin={null} />
          <PinnedComments content={data.content} comments={commentsOf(revision)} />
        </section>
      )}
    </div>
  )
}

/** The findings that the author kept, each with the reason. */
export function Overruled({ revision: { overruled } }: { revision: RevisionRow }) {
  const { t } = useTranslation('wording')
  if (overruled.length === 0) return null
  return (
    <section className={classes['overruled']}>
      <h3>{t('revisions.overruled', { count: overruled.length })}</h3>
      <ul>
        {overruled.map(({ ruleId, excerpt, reason }) => (
          <li key={`${ruleId} ${excerpt}`}>
            <q>{excerpt}</q> {t('revisions.reason', { reason })}
          </li>
        ))}
      </ul>
    </section>
  )
}
