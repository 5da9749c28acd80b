import type { GradeEvidence } from '#domain/risk/evidence.ts'
import { Trans, useTranslation } from 'react-i18next'
import { Age } from './Age.tsx'

/** The evidence of a grade: "只有 1/4 项有数字，最新 3 天前". `short` is for rows. */
export function EvidenceLine({ evidence, short = false }: { evidence: GradeEvidence; short?: boolean }) {
  const { t } = useTranslation('ui')
  const { factors, known, fresh, newestAt } = evidence
  if (known === 0 || newestAt === null) return null
  const key = known < factors ? 'known' : fresh < factors ? 'fresh' : 'all'
  const values = { known, fresh, factors }
  return short ? (
    <small title={t(`evidence.${key}Short`, values)}>
      {known}/{factors} · <Age at={newestAt} relative />
    </small>
  ) : (
    <small>
      <Trans t={t} i18nKey={`evidence.${key}`} values={values} components={{ age: <Age at={newestAt} relative /> }} />
    </small>
  )
}
