import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { RiskView } from '#contract/risk-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { formatExact, formatMoment, machineTime } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { Button, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useRiskWords } from '../risk-words.ts'
import styles from './SuggestionList.module.css'

type Suggestion = RiskView['suggestions'][number]
const FIRST_SHOWN = 3

/** Turning points suggested by the numbers; a member adds each to the timeline or refuses it with a reason. */
export function SuggestionList({
  incidentId,
  suggestions,
  barred,
}: {
  incidentId: string
  suggestions: readonly Suggestion[]
  barred: string | null
}) {
  const { t } = useTranslation('risk')
  const [all, setAll] = useState(false)
  // The newest is the most relevant, so it comes first.
  const newest = suggestions.toReversed()
  const shown = all ? newest : newest.slice(0, FIRST_SHOWN)
  if (suggestions.length === 0) return <p className={styles['none']}>{t('suggestions.none')}</p>
  return (
    <ul className={styles['suggestions']}>
      {shown.map((one) => (
        <SuggestionItem key={`${one.seriesId} ${one.kind} ${one.at}`} incidentId={incidentId} suggestion={one} barred={barred} />
      ))}
      {shown.length < suggestions.length && (
        <li>
          <Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>
            {t('suggestions.more', { count: suggestions.length - shown.length })}
          </Button>
        </li>
      )}
    </ul>
  )
}

function SuggestionItem({ incidentId, suggestion, barred }: { incidentId: string; suggestion: Suggestion; barred: string | null }) {
  const { t, i18n } = useTranslation('risk')
  const words = useRiskWords()
  const now = useNow(MINUTE)
  const { act, busy } = useAct('risk.judgeSuggestion')
  const [refusing, setRefusing] = useState(false)
  const [reason, setReason] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const { kind, at, seriesId, seriesName } = suggestion
  const word = t(`terms:turningPoint.${kind}`)
  const measured = words.measured(suggestion)
  const judge = async (confirmed: boolean, text: string) => {
    const result = await act({ incidentId, seriesId, kind, at, confirmed, text })
    setFailure(result.ok ? null : result.failure)
  }
  const refuse = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() !== '') void judge(false, reason.trim())
  }
  return (
    <li className={styles['item']}>
      <p>
        <b>{word}</b>{' '}
        <time dateTime={machineTime(at)} title={formatExact(at, i18n.language)}>
          {formatMoment(at, now, i18n.language)}
        </time>{' '}
        · {seriesName}
      </p>
      <p className={styles['measured']}>{measured}</p>
      {refusing ? (
        <form className={styles['refusal']} onSubmit={refuse}>
          <TextInput
            size="xs"
            autoFocus
            maxLength={500}
            aria-label={t('suggestions.reason')}
            placeholder={t('suggestions.reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setRefusing(false)
            }}
          />
          <ActButton
            submit
            quiet
            size="compact-sm"
            busy={busy}
            barred={barred ?? (reason.trim() === '' ? t('suggestions.reasonMissing') : null)}
          >
            {t('suggestions.refuse')}
          </ActButton>
        </form>
      ) : (
        <div className={styles['acts']}>
          <ActButton
            quiet
            size="compact-xs"
            busy={busy}
            barred={barred}
            onAct={() => void judge(true, t('suggestions.text', { kind: word, series: seriesName, measured }))}
          >
            {t('suggestions.confirm')}
          </ActButton>
          <ActButton quiet size="compact-xs" barred={barred} onAct={() => setRefusing(true)}>
            {t('suggestions.refuseOpen')}
          </ActButton>
        </div>
      )}
      {failure && <FailureNotice failure={failure} />}
    </li>
  )
}
