import { useRead } from '#client/use-read.ts'
import type { PlanVersion } from '#contract/plan-api.ts'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PlanDifferences } from './PlanDifferences.tsx'
import { PlanReading } from './PlanReading.tsx'
import styles from './PlanVersions.module.css'

type Props = {
  planId: string
  /** The version to show; an unknown number shows the last but one. */ shown: number | null
  onShow: (version: number) => void
}

/** The versions of a plan, read-only: who saved each, when and why, what the next one changed, and the full content. */
export function PlanVersions({ planId, shown, onShow }: Props) {
  const { t } = useTranslation('plans')
  const { data, failure, readAgain } = useRead('plans.versions', { planId })
  const versions = data ?? []
  const chosen = versions.find((one) => one.version === shown) ?? versions.at(-2) ?? versions.at(-1)
  const next = chosen && versions.find((one) => one.version > chosen.version)
  return (
    <div className={styles['versions']}>
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      <nav aria-label={t('versions.label')}>
        <ol className={styles['list']}>
          {versions.toReversed().map((one) => (
            <li key={one.version}>
              <UnstyledButton
                className={styles['version']}
                aria-current={one === chosen ? 'true' : undefined}
                onClick={() => onShow(one.version)}
              >
                <b>{t('version', { version: one.version })}</b>
                <span className={styles['facts']}>
                  <Who version={one} /> <PendingMark pending={one.pending} />
                </span>
                {one.note !== '' && <span className={styles['note']}>{one.note}</span>}
              </UnstyledButton>
            </li>
          ))}
        </ol>
      </nav>
      {chosen && (
        <div className={styles['chosen']}>
          {next ? (
            <PlanDifferences
              from={chosen.content}
              to={next.content}
              title={t('versions.next', { from: chosen.version, to: next.version })}
            />
          ) : (
            <p className={styles['facts']}>{t('versions.present')}</p>
          )}
          <h2>{t('versions.text', { version: chosen.version })}</h2>
          <PlanReading plan={chosen} />
        </div>
      )}
    </div>
  )
}

function Who({ version }: { version: PlanVersion }) {
  const { t } = useTranslation('plans')
  if (version.savedAt === null) return t('origin.shipped')
  return (
    <>
      {version.savedByName} · <Age at={version.savedAt} />
    </>
  )
}
