import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { Membership } from '#contract/team-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { Toolbar } from '#ui/Toolbar.tsx'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HostForm } from './HostForm.tsx'
import classes from './TeamPage.module.css'

/** Opens this machine's team to others, and closes it again. */
export function HostSection({ membership }: { membership: Exclude<Membership, { kind: 'joined' }> }) {
  const { t } = useTranslation('team')
  const { act, busy } = useAct('membership.stopHosting')
  const [asking, setAsking] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const stop = async () => {
    const result = await act({})
    setFailure(result.ok ? null : result.failure)
    setAsking(false)
  }
  if (membership.kind === 'alone') {
    return (
      <Section title={t('host.title')}>
        <p className={classes['note']}>{t('host.text')}</p>
        <HostForm />
      </Section>
    )
  }
  return (
    <Section title={t('host.stopTitle')}>
      <p className={classes['note']}>{t('host.stopText')}</p>
      {failure && <FailureNotice failure={failure} />}
      <Toolbar>
        {asking ? (
          <>
            <ActButton danger busy={busy} onAct={() => void stop()}>
              {t('host.stopSure')}
            </ActButton>
            <Button variant="default" autoFocus onClick={() => setAsking(false)}>
              {t('cancel')}
            </Button>
          </>
        ) : (
          <ActButton quiet onAct={() => setAsking(true)}>
            {t('host.stop')}
          </ActButton>
        )}
      </Toolbar>
    </Section>
  )
}
