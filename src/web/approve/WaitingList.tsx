import type { WaitingRow } from '#contract/approval-wire.ts'
import { useEffect } from 'react'
import { Due } from './Due.tsx'
import { hub } from './hub-calls.ts'
import { useAsked } from './use-asked.ts'
import { useWords } from './words.tsx'

/** What waits for this member, the most urgent first, and what they could release before its approval. */
export function WaitingList({ onOpen, onOver }: { onOpen: (revisionId: string) => void; onOver: () => void }) {
  const { t, failure: inWords } = useWords()
  const { value: rows, failure } = useAsked(hub.waiting)
  const isOver = failure?.code === 'session-unknown'
  useEffect(() => {
    if (isOver) onOver()
  }, [isOver, onOver])
  const own = rows?.filter(({ mayApproveAs }) => mayApproveAs.length > 0) ?? []
  const others = rows?.filter(({ mayApproveAs }) => mayApproveAs.length === 0) ?? []
  return (
    <>
      <h1>
        {t('list.title')}
        {own.length > 0 && ` (${own.length})`}
      </h1>
      {failure && (
        <p className="trouble" role="alert">
          {inWords(failure)}
        </p>
      )}
      {!rows && !failure && <p className="soft">{t('loading')}</p>}
      {rows && own.length === 0 && (
        <div className="card">
          <p>{t('list.none')}</p>
          <p className="soft">{t('list.noneText')}</p>
        </div>
      )}
      <Rows rows={own} onOpen={onOpen} />
      {others.length > 0 && (
        <>
          <h2>{t('list.release')}</h2>
          <Rows rows={others} onOpen={onOpen} />
        </>
      )}
    </>
  )
}

function Rows({ rows, onOpen }: { rows: readonly WaitingRow[]; onOpen: (revisionId: string) => void }) {
  const { t, role, list } = useWords()
  return (
    <ul className="rows">
      {rows.map((row) => (
        <li key={row.revisionId}>
          <button type="button" className="card row" onClick={() => onOpen(row.revisionId)}>
            <span className="top">
              <span className="soft">{row.incidentTitle ?? t('list.library')}</span>
              <Due at={row.dueAt} />
            </span>
            <b>{row.title}</b>
            <span>{row.core}</span>
            {row.preparedFor !== '' && <span className="mark">{t('list.prepared', { for: row.preparedFor })}</span>}
            <span className="soft">
              {t('list.asked', { name: row.askedByName, number: row.number })}
              {row.mayApproveAs.length > 0 && ` · ${t('list.as', { role: list(row.mayApproveAs.map(role)) })}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
