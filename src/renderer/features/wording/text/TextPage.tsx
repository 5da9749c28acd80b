import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { WordingView } from '#contract/wording-api.ts'
import { usePermits } from '#features/permissions'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { Page } from '#ui/Page.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { WordingEditor } from '../editor/WordingEditor.tsx'
import { FeedbackSection } from '../feedback/FeedbackSection.tsx'
import { MoveDialog } from '../library/MoveDialog.tsx'
import { useWordingScope } from '../use-wording-scope.ts'
import { TEXT_PARTS, wordingAddress, type TextPart } from '../wording-address.ts'
import { PromiseList } from '../promises/PromiseList.tsx'
import { ApprovalPanel } from './ApprovalPanel.tsx'
import { OriginDialog } from './OriginDialog.tsx'
import { PublishDialog } from './PublishDialog.tsx'
import { RevisionsPanel } from './RevisionsPanel.tsx'
import type { TextDialog } from './text-dialog.ts'
import { TextHead } from './TextHead.tsx'
import classes from './TextPage.module.css'
import { Whereabouts } from './Whereabouts.tsx'
import { WithdrawDialog } from './WithdrawDialog.tsx'

/** One text: what is written, its revisions, its approval; beside them where it stands. */
export function TextPage() {
  const { wordingId = '' } = useParams()
  const { incidentId, incident, failure: noIncident } = useWordingScope()
  const { data, failure, readAgain } = useRead('wordings.get', { incidentId, wordingId })
  const problem = noIncident ?? failure
  if (!data || (incidentId !== null && !incident)) {
    return <Page>{problem && <FailureNotice failure={problem} onRetry={readAgain} />}</Page>
  }
  return <OpenText key={wordingId} wording={data} incident={incident} />
}

function OpenText({ wording, incident }: { wording: WordingView; incident: IncidentView | undefined }) {
  const { t } = useTranslation('wording')
  const navigate = useNavigate()
  const [address] = useSearchParams()
  const { barredFrom } = usePermits()
  const [open, setOpen] = useState<TextDialog | null>(null)
  const { incidentId, id: wordingId, revisions } = wording
  const part = TEXT_PARTS.find((one) => one === address.get('part')) ?? 'text'
  const show = (next: TextPart) => void navigate(wordingAddress(incidentId, wordingId, next), { replace: true })
  const close = () => setOpen(null)
  const section = t('title')
  useCommands([
    ...TEXT_PARTS.map((one, index) => ({
      id: `wording.part-${one}`,
      section,
      label: t('goPart', { part: t(`page.${one}`) }),
      shortcut: `Alt+${index + 1}`,
      run: () => show(one),
    })),
    { id: 'wording.back', section, label: t('act.back'), shortcut: 'U', run: () => void navigate(wordingAddress(incidentId)) },
  ])
  const shown = open && 'revisionId' in open ? revisions.find(({ id }) => id === open.revisionId) : undefined
  const barred = wording.removed ? t('removedText') : barredFrom('wording.draft', { incident })
  return (
    <Page wide>
      <TextHead wording={wording} incident={incident} part={part} onPart={show} onOpen={setOpen} />
      <div className={classes['columns']} data-part={part}>
        <div className={classes['main']}>
          <Guarded of={wording}>
            {part === 'text' && <WordingEditor incidentId={incidentId} incident={incident} wordingId={wordingId} barred={barred} />}
            {part === 'revisions' && <RevisionsPanel wording={wording} incident={incident} onWritten={() => show('text')} />}
            {part === 'approval' && <ApprovalPanel wording={wording} incident={incident} />}
          </Guarded>
          {(wording.live ?? wording.past.length > 0) && <FeedbackSection wording={wording} incident={incident} />}
          {incident && <PromiseList incident={incident} wordingId={wordingId} />}
        </div>
        <Guarded of={wording}>
          <Whereabouts wording={wording} onOpen={setOpen} />
        </Guarded>
      </div>
      {open && (open.kind === 'publish' || open.kind === 'release') && shown && (
        <PublishDialog wording={wording} incident={incident} revision={shown} emergency={open.kind === 'release'} onClose={close} />
      )}
      {open?.kind === 'withdraw' && wording.live && (
        <WithdrawDialog wording={wording} incident={incident} live={wording.live} onClose={close} />
      )}
      {open?.kind === 'move' && <MoveDialog wording={wording} incident={incident} onClose={close} />}
      {open?.kind === 'origin' && wording.origin && <OriginDialog wording={wording} origin={wording.origin} onClose={close} />}
    </Page>
  )
}
