import type { AgentGroupView } from '#contract/agent-group-api.ts'
import { URGENCIES } from '#domain/wording/delivery.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FieldGrid } from '#ui/FormDialog.tsx'
import { Checkbox, NativeSelect, Radio, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './DeliveryFields.module.css'
import { CONFIRM_WITHIN, withUrgency, type DeliveryDraft } from './delivery-draft.ts'

type Props = {
  draft: DeliveryDraft
  groups: readonly AgentGroupView[]
  onChange: (draft: DeliveryDraft) => void
  /** Whether to show that no group is chosen. */
  missing: boolean
}

/** To which agents a text goes, how urgently, and until when they confirm it. */
export function DeliveryFields({ draft, groups, onChange, missing }: Props) {
  const { t } = useTranslation('agents')
  const toggle = (id: string, on: boolean) =>
    onChange({ ...draft, groups: on ? [...draft.groups, id] : draft.groups.filter((one) => one !== id) })
  return (
    <>
      <FieldRow group label={t('delivery.to')} error={missing ? t('delivery.noGroup') : null}>
        {() =>
          groups.length === 0 ? (
            <p className={classes['none']}>
              {t('delivery.noGroups')} <Link to="/settings/agents">{t('delivery.makeGroups')}</Link>
            </p>
          ) : (
            <div className={classes['to']}>
              <Radio name="delivery" checked={draft.all} onChange={() => onChange({ ...draft, all: true })} label={t('delivery.all')} />
              <Radio name="delivery" checked={!draft.all} onChange={() => onChange({ ...draft, all: false })} label={t('delivery.some')} />
              {!draft.all && (
                <ul className={classes['groups']} aria-label={t('delivery.groups')}>
                  {groups.map(({ id, name, vendor }) => (
                    <li key={id}>
                      <Checkbox
                        size="xs"
                        checked={draft.groups.includes(id)}
                        onChange={(event) => toggle(id, event.currentTarget.checked)}
                        label={vendor === null ? name : t('delivery.ofVendor', { name, vendor })}
                      />
                    </li>
                  ))}
                </ul>
              )}
            </div>
          )
        }
      </FieldRow>
      <FieldGrid>
        <FieldRow group label={t('delivery.urgency')} hint={t(`urgencyMeaning.${draft.urgency}`)}>
          {() => (
            <SegmentedControl
              size="xs"
              aria-label={t('delivery.urgency')}
              value={draft.urgency}
              onChange={(value) => onChange(withUrgency(draft, URGENCIES.find((one) => one === value) ?? draft.urgency))}
              data={URGENCIES.map((one) => ({ value: one, label: t(`urgency.${one}`) }))}
            />
          )}
        </FieldRow>
        <FieldRow label={t('delivery.within')} hint={t('delivery.withinHint')}>
          {({ id, describedBy }) => (
            <NativeSelect
              id={id}
              aria-describedby={describedBy}
              value={draft.confirmWithin === null ? '' : String(draft.confirmWithin)}
              onChange={({ currentTarget: { value } }) => onChange({ ...draft, confirmWithin: value === '' ? null : Number(value) })}
              data={[
                { value: '', label: t('delivery.noLimit') },
                ...withinChoices(draft.confirmWithin).map((count) => ({ value: String(count), label: t('delivery.minutes', { count }) })),
              ]}
            />
          )}
        </FieldRow>
      </FieldGrid>
    </>
  )
}

/** The offered limits, with one that was set elsewhere. */
function withinChoices(now: number | null): readonly number[] {
  const offered: readonly number[] = CONFIRM_WITHIN
  return now === null || offered.includes(now) ? offered : [...offered, now].toSorted((a, b) => a - b)
}
