import type { WaitingText } from '#contract/approval-wire.ts'
import type { Failure } from '#contract/failures.ts'
import type { ApproverRole } from '#domain/rules/approval-policy.ts'
import type { PinnedComment } from '#domain/wording/wording.ts'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { hub } from './hub-calls.ts'
import { useWords } from './words.tsx'

export type Act = 'approve' | 'reject' | 'release'
type Props = { act: Act; text: WaitingText; comments: readonly PinnedComment[]; onClose: () => void; onDone: () => void }

/**
 * Names requests: the same act has the same name, however often it is sent after a broken line, and takes effect once. With another word
 * in it, it is another act.
 */
function useRequests(): (act: object) => string {
  const [names] = useState(() => new Map<string, string>())
  return (act) => {
    const what = JSON.stringify(act)
    const name = names.get(what) ?? hub.newRequest()
    names.set(what, name)
    return name
  }
}

/** Asks once more before a decision, at the lower edge where the thumb is; a rejection and a release need words. */
export function DecisionSheet({ act, text, comments, onClose, onDone }: Props) {
  const { t, role, failure: inWords } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const requestFor = useRequests()
  const [words, setWords] = useState('')
  const [picked, setPicked] = useState<ApproverRole | null>(null)
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const roles = act === 'approve' ? text.mayApproveAs : act === 'reject' ? text.mayRejectAs : []
  const as = picked ?? roles[0]
  const { revisionId, hash, number, values } = text
  const isWordless = words.trim() === '' && (act === 'release' || (act === 'reject' && comments.length === 0))
  useEffect(() => {
    if (!dialog.current || dialog.current.open) return
    dialog.current.showModal()
    // A focused field would bring up the keyboard over the buttons; only where words are needed is it welcome.
    if (act === 'approve') dialog.current.focus()
  }, [act])
  const send = () => {
    if (act === 'release') {
      const release = { revisionId, hash, values, reason: words.trim() }
      return hub.release({ request: requestFor(release), ...release })
    }
    if (as === undefined) return null
    const comparedWith = text.compared?.revisionId ?? null
    const decision = { revisionId, hash, values, verdict: act, as, comparedWith, note: words.trim(), comments: [...comments] }
    return hub.decide({ request: requestFor(decision), ...decision })
  }
  const decide = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isWordless) return
    setBusy(true)
    const done = await send()
    setBusy(false)
    if (!done) return
    setFailure(done.ok ? null : done.failure)
    if (done.ok) onDone()
  }
  const label = t(act === 'approve' ? 'decide.note' : act === 'reject' ? 'decide.rejectNote' : 'decide.reason')
  const need = t(act === 'reject' ? 'decide.noteNeeded' : 'decide.reasonNeeded')
  const title = t(`decide.${act}Title`, { number })
  return (
    <dialog ref={dialog} tabIndex={-1} className="sheet" aria-label={title} onClose={onClose}>
      <form onSubmit={(event) => void decide(event)}>
        <h2>{title}</h2>
        <p>{text.title}</p>
        {act === 'approve' && <p className="soft">{t('decide.approveText', { hash: hash.slice(0, 12) })}</p>}
        {act === 'release' && <p className="trouble">{t('decide.releaseText')}</p>}
        {roles.length > 1 && (
          <label>
            {t('decide.as')}
            <select value={as} onChange={(event) => setPicked(roles.find((one) => one === event.currentTarget.value) ?? null)}>
              {roles.map((one) => (
                <option key={one} value={one}>
                  {role(one)}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          {label}
          <textarea
            rows={3}
            maxLength={1000}
            value={words}
            aria-invalid={tried && isWordless}
            aria-describedby="need"
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        </label>
        <p id="need" className="needed" role="alert">
          {tried && isWordless ? need : ''}
        </p>
        {act !== 'release' && comments.length > 0 && <p className="soft">{t('decide.comments', { count: comments.length })}</p>}
        {failure && (
          <p className="trouble" role="alert">
            {inWords(failure)}
          </p>
        )}
        <div className="pair">
          <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
            {t('cancel')}
          </button>
          <button type="submit" className={act === 'approve' ? 'act' : 'act danger'} disabled={busy}>
            {t(`decide.${act}`)}
          </button>
        </div>
      </form>
    </dialog>
  )
}
