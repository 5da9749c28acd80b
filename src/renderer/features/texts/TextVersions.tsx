import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { FreeText } from '#contract/text-api.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Texts.module.css'

/** `incident`: null for an entity of the team. `own`: whether it is the reader's own, where the permission asks. */
type Props = { of: FreeText; incident: IncidentView | null; own?: boolean }

/** All earlier versions of a text: author, time, and whether it was overwritten unseen; each can be restored. Hidden if there are none. */
export function TextVersions({ of, incident, own = false }: Props) {
  const { t } = useTranslation('texts')
  const where = incident === null ? {} : { incident }
  const barred: Record<FreeText['kind'], string | null> = {
    incident: usePermit('incident.revise', where),
    task: usePermit('task.revise', where),
    assignment: usePermit('people.assign', where),
    contact: usePermit('contact.revise', { own }),
  }
  const read = useRead('texts.versions', { ...of, incidentId: incident?.id ?? null }, { keep: true })
  const restore = useAct('texts.restore')
  const [open, setOpen] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const earlier = (read.data ?? []).filter((version) => !version.current)
  const overtaken = earlier.filter((version) => version.overtaken).length
  if (earlier.length === 0) return null
  return (
    <div className={styles['versions']}>
      <UnstyledButton
        className={styles['open']}
        aria-expanded={open}
        data-overtaken={overtaken > 0 || undefined}
        onClick={() => setOpen((now) => !now)}
      >
        {overtaken > 0
          ? t('versions.overtaken', { count: earlier.length, lost: overtaken })
          : t('versions.open', { count: earlier.length })}
      </UnstyledButton>
      {failure && <FailureNotice failure={failure} />}
      {open && (
        <ol className={styles['list']}>
          {earlier.map((version) => (
            <li key={version.opId} data-overtaken={version.overtaken || undefined}>
              <p className={styles['head']}>
                {version.byName} · <Age at={version.at} />
                {version.overtaken && <b> · {t('versions.unseen')}</b>}
              </p>
              <p className={styles['text']}>{version.text === '' ? t('moved.empty') : version.text}</p>
              <ActButton
                quiet
                size="compact-xs"
                busy={restore.busy}
                barred={barred[of.kind]}
                onAct={() =>
                  void restore.act({ ...of, opId: version.opId }).then((result) => setFailure(result.ok ? null : result.failure))
                }
              >
                {t('versions.restore')}
              </ActButton>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
