import type { IncidentView } from '#contract/incident-api.ts'
import type { ReleaseView, WordingView } from '#contract/wording-api.ts'
import { valueOf } from '#domain/wording/text/variables.ts'
import { ReachLine } from '#features/agents'
import { usePermittedAct, usePermits } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { InUse } from '../library/WordingTable.tsx'
import { TEXT_PARTS, wordingAddress, type TextPart } from '../wording-address.ts'
import { WordingMark } from '../WordingMark.tsx'
import { nextSteps, urgentRevision, type NextStep } from './next-step.ts'
import type { TextDialog } from './text-dialog.ts'
import classes from './TextPage.module.css'
import { useRoleList } from './use-role-list.ts'
import { VariableName } from './VariableName.tsx'

type Props = {
  wording: WordingView
  incident: IncidentView | undefined
  part: TextPart
  onPart: (part: TextPart) => void
  onOpen: (dialog: TextDialog) => void
}

/** In two lines: title, status and the next step for this member as the one primary act; the parts of the page, where the text belongs, other acts. */
export function TextHead({ wording, incident, part, onPart, onOpen }: Props) {
  const { t } = useTranslation('wording')
  const { incidentId, live, preparedFor } = wording
  const place = [
    t(`kind.${wording.kind}`),
    wording.statement && t(`statement.${wording.statement}`),
    wording.scenario === '' ? t('anyScenario') : wording.scenario,
    wording.emotion && t(`emotion.${wording.emotion}`),
    preparedFor !== '' && t('preparedFor', { condition: preparedFor }),
  ]
    .filter(Boolean)
    .join(' · ')
  // The first heading of an incident's pages is the incident.
  const Heading = incidentId === null ? 'h1' : 'h2'
  return (
    <header className={classes['head']}>
      <div className={classes['line']}>
        <Link className={classes['back'] ?? ''} to={wordingAddress(incidentId)}>
          ← {t(incidentId === null ? 'library' : 'title')}
        </Link>
        <Heading>{wording.title}</Heading>
        <WordingMark status={wording.status} />
        <PendingMark pending={wording.pending} quiet />
        <div className={classes['next']}>
          {nextSteps(wording)
            .map((step, index) => (
              <NextAct
                key={step.kind}
                step={step}
                quiet={index > 0}
                wording={wording}
                incident={incident}
                part={part}
                onPart={onPart}
                onOpen={onOpen}
              />
            ))
            .toReversed()}
        </div>
      </div>
      <div className={classes['parts']}>
        <nav aria-label={t('page.label')}>
          {TEXT_PARTS.map((one) => (
            <Link key={one} replace to={wordingAddress(incidentId, wording.id, one)} aria-current={one === part ? 'page' : undefined}>
              {t(`page.${one}`)}
              {one === 'revisions' && wording.revisions.length > 0 && <span>{wording.revisions.length}</span>}
            </Link>
          ))}
        </nav>
        <p className={classes['facts']}>
          <span>
            <InUse row={wording} />
          </span>
          {live?.unapproved && <strong>{t('mark.unapproved')}</strong>}
          <span title={place}>{place}</span>
        </p>
        <OtherActs wording={wording} incident={incident} onOpen={onOpen} />
      </div>
      {live && wording.valuesBehind && <OldValues wording={wording} live={live} />}
      {live && <ReachLine incidentId={incidentId} wordingId={wording.id} />}
    </header>
  )
}

/** That agents still read the values with which the text was published, although others are stored since. */
function OldValues({ wording, live }: Pick<Props, 'wording'> & { live: ReleaseView }) {
  const { t } = useTranslation('wording')
  const changed = Object.entries(live.values).filter(([name, value]) => valueOf(wording.values, name) !== value)
  return (
    <p role="status" className={classes['behind']}>
      <strong>{t('behind.title')}</strong>{' '}
      {changed.map(([name, value]) => (
        <span key={name}>
          <VariableName name={name} /> <del>{value}</del> → <ins>{valueOf(wording.values, name) || t('noValue')}</ins>
        </span>
      ))}{' '}
      {t('behind.act')}
    </p>
  )
}

type NextProps = Props & { step: NextStep; quiet: boolean }

/** One next step; the first of a text is its primary act. While the text is being written, the editor has it. */
function NextAct({ step, quiet, wording, incident, part, onPart, onOpen }: NextProps) {
  const { t } = useTranslation('wording')
  const { incidentId, id: wordingId } = wording
  const { barredFrom } = usePermits()
  const list = useRoleList()
  const ask = usePermittedAct('wordings.ask', { incident })
  const remove = usePermittedAct('wordings.remove', { incident })
  switch (step.kind) {
    case 'restore':
      return (
        <>
          <ActButton busy={remove.busy} barred={remove.barred} onAct={() => void remove.act({ incidentId, wordingId, removed: false })}>
            {t('next.restore')}
          </ActButton>
          {remove.failure && <FailureNotice failure={remove.failure} />}
        </>
      )
    case 'write':
      return part === 'text' ? null : (
        <ActButton quiet={quiet || wording.live !== null} readsOnly onAct={() => onPart('text')}>
          {t('next.write')}
        </ActButton>
      )
    case 'mend':
      return part === 'text' ? null : (
        <ActButton quiet={quiet} readsOnly onAct={() => onPart('text')}>
          {t('next.mend', { number: step.revision.number })}
        </ActButton>
      )
    case 'ask':
      return (
        <>
          <ActButton
            quiet={quiet}
            busy={ask.busy}
            barred={ask.barred}
            onAct={() => void ask.act({ incidentId, wordingId, revisionId: step.revision.id })}
          >
            {t('next.ask', { number: step.revision.number, roles: list(wording.policy.roles) })}
          </ActButton>
          {ask.failure && <FailureNotice failure={ask.failure} />}
        </>
      )
    case 'review':
      return part === 'approval' ? null : (
        <ActButton quiet={quiet} readsOnly onAct={() => onPart('approval')}>
          {t('next.review', { number: step.revision.number })}
        </ActButton>
      )
    case 'wait':
      return part === 'approval' ? null : (
        <ActButton quiet readsOnly onAct={() => onPart('approval')}>
          {t('next.wait', { roles: list(step.revision.approval.next) })}
        </ActButton>
      )
    case 'publish':
      return (
        <ActButton
          quiet={quiet}
          barred={barredFrom('wording.publish', { incident })}
          onAct={() => onOpen({ kind: 'publish', revisionId: step.revision.id })}
        >
          {t(wording.preparedFor === '' ? 'next.publish' : 'next.publishPrepared', { number: step.revision.number })}
        </ActButton>
      )
    case 'rest':
      return null
  }
}

/** The rarer acts, each quiet: emergency release, withdrawal, another place, removal. */
function OtherActs({ wording, incident, onOpen }: Omit<Props, 'part' | 'onPart'>) {
  const { t } = useTranslation('wording')
  const { barredFrom } = usePermits()
  const remove = usePermittedAct('wordings.remove', { incident })
  const offerUndo = useUndoNotice()
  const { incidentId, id: wordingId, live, again } = wording
  const urgentOne = urgentRevision(wording)
  // With changed values it is the next step, and offered as such.
  const isNext = nextSteps(wording).some((step) => step.kind === 'publish' && step.revision.id === again?.id)
  const draftBarred = barredFrom('wording.draft', { incident })
  // Shown only to those who may: for everybody else it would be a threat, not an act.
  const urgent = urgentOne !== null && barredFrom('wording.release', { incident }) === null
  const takeOut = async () => {
    const done = await remove.act({ incidentId, wordingId, removed: true })
    if (done.ok) offerUndo(t('removedNotice', { title: wording.title }), () => remove.act({ incidentId, wordingId, removed: false }))
  }
  return (
    <div className={classes['others']}>
      {urgent && (
        <ActButton quiet danger size="compact-xs" onAct={() => onOpen({ kind: 'release', revisionId: urgentOne.id })}>
          {t('act.release', { number: urgentOne.number })}
        </ActButton>
      )}
      {again && !isNext && !wording.removed && (
        <ActButton
          quiet
          size="compact-xs"
          barred={barredFrom('wording.publish', { incident })}
          onAct={() => onOpen({ kind: 'publish', revisionId: again.id })}
        >
          {t('act.publishAgain', { number: again.number })}
        </ActButton>
      )}
      {live && (
        <ActButton quiet size="compact-xs" barred={barredFrom('wording.withdraw', { incident })} onAct={() => onOpen({ kind: 'withdraw' })}>
          {t('act.withdraw', { number: live.number })}
        </ActButton>
      )}
      <ActButton quiet size="compact-xs" barred={draftBarred} onAct={() => onOpen({ kind: 'move' })}>
        {t('act.move')}
      </ActButton>
      {!wording.removed && live === null && (
        <ActButton quiet size="compact-xs" busy={remove.busy} barred={draftBarred} onAct={() => void takeOut()}>
          {t('act.remove')}
        </ActButton>
      )}
      {remove.failure && <FailureNotice failure={remove.failure} />}
    </div>
  )
}
