import type { Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { Stage } from '#domain/incidents/incident.ts'
import { ESCALATION_INDICATORS } from '#domain/incidents/escalation-indicators.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './StageSigns.module.css'

type Props = { incident: IncidentView; stage: Stage; barred: string | null; busy: boolean; failure: Failure | null; onMove: () => void }

/** The escalation indicators of one stage as a checklist with explanations, and the command to move to that stage. */
export function StageSigns({ incident, stage, barred, busy, failure, onMove }: Props) {
  const { t } = useTranslation('command')
  const mark = usePermittedAct('incidents.markSign', { incident })
  const { barred: markBarred, failure: refused } = mark
  const signs = ESCALATION_INDICATORS[stage]
  // A tick changes at once; a failure reverts it.
  const [asked, setAsked] = useState<Record<string, boolean>>({})
  const isSeen = (sign: string) => asked[sign] ?? incident.signs.includes(sign)
  const seen = signs.filter((sign) => isSeen(sign.id)).length
  const word = t(`terms:stage.${stage}`)
  const wrong = refused ?? failure

  const tick = async (sign: string, now: boolean) => {
    setAsked((before) => ({ ...before, [sign]: now }))
    const result = await mark.act({ incidentId: incident.id, sign, seen: now })
    if (!result.ok) setAsked(({ [sign]: _refused, ...others }) => others)
  }

  return (
    <section className={classes['signs']} aria-label={t('stage.signsOf', { stage: word })}>
      <header>
        <h3>{word}</h3>
        <span>{t('stage.seen', { seen, total: signs.length })}</span>
      </header>
      <p>{t(`terms:stageSign.${stage}`)}</p>
      <ul>
        {signs.map((sign) => (
          <li key={sign.id}>
            <Checkbox
              size="sm"
              checked={isSeen(sign.id)}
              disabled={markBarred !== null}
              onChange={(event) => void tick(sign.id, event.currentTarget.checked)}
              label={t(`sign.${sign.id}`)}
              description={t(`signWhy.${sign.id}`)}
            />
          </li>
        ))}
      </ul>
      {wrong && <FailureNotice failure={wrong} />}
      <ActButton size="compact-md" busy={busy} barred={stage === incident.stage ? t('stage.isNow') : barred} onAct={onMove}>
        {t('stage.act', { stage: word })}
      </ActButton>
    </section>
  )
}
