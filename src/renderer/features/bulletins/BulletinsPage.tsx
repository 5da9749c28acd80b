import { useRead } from '#client/use-read.ts'
import { usePermits } from '#features/permissions'
import { useRoom } from '#features/room'
import { ActButton } from '#ui/ActButton.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { Page, PageHeader, Section } from '#ui/Page.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { BulletinHistory } from './BulletinHistory.tsx'
import classes from './Bulletins.module.css'
import { Countdown } from './Countdown.tsx'
import { NextBulletin } from './NextBulletin.tsx'
import { PlanFields } from './PlanFields.tsx'
import { SendNowDialog } from './SendNowDialog.tsx'

/** The hourly bulletins of an incident (C2-12): the next one as it would go out, and those that have. */
export function BulletinsPage() {
  const { t } = useTranslation('bulletins')
  const { incident } = useRoom()
  const { data: plan, failure, readAgain } = useRead('bulletins.plan', { incidentId: incident.id })
  const { barredFrom } = usePermits()
  const barred = barredFrom('bulletin.manage', { incident })
  const [sending, setSending] = useState(false)
  const [address, setAddress] = useSearchParams()
  const waits = plan !== undefined && plan.requestedAt !== null
  useCommands([
    {
      id: 'bulletins.send',
      section: t('title'),
      label: t('now.open'),
      keywords: 'bulletin send now 通报 立即发',
      shortcut: 'S',
      disabled: barred !== null || waits,
      run: () => setSending(true),
    },
  ])
  return (
    <Page wide>
      <PageHeader
        within
        title={t('title')}
        aside={plan && (plan.nextDue === null ? t('next.off') : <Countdown at={plan.nextDue} />)}
        actions={
          <ActButton size="xs" shortcut="S" barred={barred ?? (waits ? t('now.waits') : null)} onAct={() => setSending(true)}>
            {t('now.open')}
          </ActButton>
        }
      />
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {plan && (
        <Section title={t('next.title', { number: plan.last + 1 })} aside={<PlanFields incident={incident} plan={plan} />}>
          {plan.byLevel && plan.on && <p className={classes['none']}>{t('plan.byLevel')}</p>}
          {waits && <p role="status">{t('now.waits')}</p>}
          <Guarded of={plan}>
            <NextBulletin incident={incident} plan={plan} />
          </Guarded>
        </Section>
      )}
      <Section title={t('history.title')}>
        <BulletinHistory
          incidentId={incident.id}
          open={address.get('bulletin')}
          onOpen={(id) => setAddress(id === null ? {} : { bulletin: id }, { replace: true })}
        />
      </Section>
      {sending && plan && <SendNowDialog incident={incident} plan={plan} onClose={() => setSending(false)} />}
    </Page>
  )
}
