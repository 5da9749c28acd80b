import type { WaitingText } from '#contract/approval-wire.ts'
import { keyed } from './keyed.ts'
import { useWords } from './words.tsx'

/** What changed against the revision in use, or the one before: numbers, dates and telephones first, then the words. */
export function DifferenceView({ compared }: Pick<WaitingText, 'compared'>) {
  const { t } = useWords()
  if (!compared)
    return (
      <section>
        <h2>{t('read.difference')}</h2>
        <p className="soft">{t('read.first')}</p>
      </section>
    )
  const { number, inUse, facts, paragraphs } = compared
  return (
    <section>
      <h2>{t('read.difference')}</h2>
      <p className="soft">{t(inUse ? 'read.toLive' : 'read.toPrevious', { number })}</p>
      {facts.length > 0 && (
        <ul className="facts">
          {keyed(facts, ({ kind, before, after }) => `${kind} ${before ?? ''} ${after ?? ''}`).map(
            ({ key, item: { kind, before, after } }) => (
              <li key={key}>
                <span className="soft">{t(`fact.${kind}`)}</span> {before === null ? <i>{t('fact.new')}</i> : <del>{before}</del>}
                <span aria-hidden="true"> → </span>
                {after === null ? <i>{t('fact.gone')}</i> : <ins>{after}</ins>}
              </li>
            ),
          )}
        </ul>
      )}
      {paragraphs.length === 0 && <p>{t('read.noDifference')}</p>}
      {keyed(paragraphs, ({ part }) => part).map(({ key, item: { kind, part, segments } }) => (
        <div key={key} className="paragraph">
          <h3>
            {t(`part.${part}`)} {kind !== 'same' && <span className="soft">{t(`paragraph.${kind}`)}</span>}
          </h3>
          <p className="said">
            {keyed(segments, (segment) => segment.kind).map(({ key: at, item: { kind: change, text } }) =>
              change === 'same' ? (
                <span key={at}>{text}</span>
              ) : change === 'added' ? (
                <ins key={at}>{text}</ins>
              ) : (
                <del key={at}>{text}</del>
              ),
            )}
          </p>
        </div>
      ))}
    </section>
  )
}
