import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Toolbar } from '#ui/Toolbar.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../enter/TextField.tsx'
import { FreshCode } from '../invites/FreshCode.tsx'
import classes from './MemberStanding.module.css'

type Props = { member: MemberView; me: MemberView; owners: number; looksAfter: boolean; onClose: () => void }

/** The status of a membership: end or restore it, pass on ownership, create a password reset code. */
export function MemberStanding({ member, me, owners, looksAfter, onClose }: Props) {
  const { t } = useTranslation('team')
  const revokeBarred = usePermit(member.owner ? 'owner.change' : 'member.revoke')
  const restoreBarred = usePermit('member.revoke')
  const ownerBarred = usePermit('owner.change')
  const revoke = useAct('members.revoke')
  const restore = useAct('members.restore')
  const pass = useAct('members.passOwnership')
  const reset = useAct('team.resetPassword')
  const offerUndo = useUndoNotice()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [code, setCode] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const memberId = member.id
  const lastOwner = member.owner && owners < 2 ? t('failures:last-owner') : null

  const takeAway = async () => {
    setTried(true)
    if (reason.trim() === '') return
    const result = await revoke.act({ memberId, reason })
    if (!result.ok) return setFailure(result.failure)
    onClose()
    offerUndo(t('members.revokedNotice', { name: member.name }), () => restore.act({ memberId }))
  }
  const giveBack = async () => {
    const result = await restore.act({ memberId })
    if (!result.ok) return setFailure(result.failure)
    onClose()
    offerUndo(t('members.restoredNotice', { name: member.name }))
  }
  const passOn = async (stepDown: boolean) => {
    const result = await pass.act({ memberId, stepDown })
    if (!result.ok) return setFailure(result.failure)
    onClose()
    offerUndo(t('members.passedNotice', { name: member.name }))
  }
  const newPassword = async () => {
    const result = await reset.act({ memberId })
    if (!result.ok) return setFailure(result.failure)
    setCode(result.value.code)
  }

  if (member.status === 'revoked') {
    return (
      <section className={classes['part']}>
        <h3>{t('members.restoreTitle')}</h3>
        <p>{t('members.restoreText')}</p>
        {failure && <FailureNotice failure={failure} />}
        <Toolbar>
          <ActButton busy={restore.busy} barred={restoreBarred} onAct={() => void giveBack()}>
            {t('members.restore', { name: member.name })}
          </ActButton>
        </Toolbar>
      </section>
    )
  }
  return (
    <>
      {looksAfter && (
        <section className={classes['part']}>
          <h3>{t('members.resetTitle')}</h3>
          {code ? (
            <FreshCode code={code} text={t('members.resetShown')} />
          ) : (
            <>
              <p>{t('members.resetText')}</p>
              <Toolbar>
                <ActButton quiet busy={reset.busy} onAct={() => void newPassword()}>
                  {t('members.reset')}
                </ActButton>
              </Toolbar>
            </>
          )}
        </section>
      )}
      {!member.owner && !member.vendor && me.owner && (
        <section className={classes['part']}>
          <h3>{t('members.passTitle')}</h3>
          <p>{t('members.passText')}</p>
          <Toolbar>
            <ActButton quiet busy={pass.busy} barred={ownerBarred} onAct={() => void passOn(false)}>
              {t('members.passShare', { name: member.name })}
            </ActButton>
            <ActButton quiet busy={pass.busy} barred={ownerBarred} onAct={() => void passOn(true)}>
              {t('members.pass', { name: member.name })}
            </ActButton>
          </Toolbar>
        </section>
      )}
      <section className={classes['part']}>
        <h3>{t('members.revokeTitle')}</h3>
        <p>{t('members.revokeText')}</p>
        <TextField
          label={t('members.reason')}
          maxLength={500}
          value={reason}
          onChange={setReason}
          error={tried && reason.trim() === '' ? t('members.reasonMissing') : null}
        />
        {failure && <FailureNotice failure={failure} />}
        <Toolbar>
          <ActButton danger busy={revoke.busy} barred={lastOwner ?? revokeBarred} onAct={() => void takeAway()}>
            {t('members.revoke', { name: member.name })}
          </ActButton>
        </Toolbar>
      </section>
    </>
  )
}
