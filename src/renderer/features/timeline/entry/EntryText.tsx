import type { EntryView } from '#contract/timeline-api.ts'
import { MaskedText, RevealableText } from '#features/personal'
import { useEntryWords } from '#ui/entry-words.ts'
import { useTranslation } from 'react-i18next'
import styles from './EntryDetail.module.css'

/** What an entry says, and the reason of a decision; personal data are masked until they are revealed. */
export function EntryText({ entry, incidentId }: { entry: EntryView; incidentId: string }) {
  const { t } = useTranslation('timeline')
  const words = useEntryWords()
  return (
    <>
      <p className={styles['text']}>
        {entry.kind === 'system' ? (
          <MaskedText text={words(entry)} />
        ) : (
          <RevealableText
            text={entry.text}
            incidentId={incidentId}
            of={{ kind: 'entry', id: entry.id, field: 'text' }}
            shortcut="Y"
            mentions={entry.mentions}
          />
        )}
      </p>
      {entry.decision && (
        <dl className={styles['decision']}>
          <dt>{t('decision.reason')}</dt>
          <dd>
            <RevealableText
              text={entry.decision.reason}
              incidentId={incidentId}
              of={{ kind: 'entry', id: entry.id, field: 'decision.reason' }}
            />
          </dd>
          <dt>{t('decision.decidedBy')}</dt>
          <dd>
            <RevealableText
              text={entry.decision.decidedBy}
              incidentId={incidentId}
              of={{ kind: 'entry', id: entry.id, field: 'decision.decidedBy' }}
            />
          </dd>
        </dl>
      )}
    </>
  )
}
