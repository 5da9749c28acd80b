import { useRead } from '#client/use-read.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import type { Party } from '#domain/permissions/matrix.ts'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Page, PageHeader, Section } from '#ui/Page.tsx'
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MatrixTable } from './MatrixTable.tsx'
import { MyAuthority } from './MyAuthority.tsx'
import styles from './PermissionsPage.module.css'

const VIEWS = ['all', 'mine'] as const

/** The party of a member in the matrix. */
function partyOf(me: MemberView): Party {
  return me.vendor ? 'vendor' : me.role
}

/** The permission matrix, and the permissions of the current member. */
export function PermissionsPage() {
  const { t } = useTranslation('permissions')
  const { data: status, failure, readAgain } = useRead('workspace.status', {})
  const [view, setView] = useState<(typeof VIEWS)[number]>('all')
  const me = status?.me ?? null
  return (
    <Page wide>
      <PageHeader title={t('title')} />
      <div className={styles['body']}>
        {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
        {me && <MyAuthority me={me} />}
        <Section
          title={t('matrix')}
          aside={
            me && (
              <SegmentedControl
                size="xs"
                aria-label={t('filter')}
                value={view}
                onChange={(value) => setView(VIEWS.find((one) => one === value) ?? 'all')}
                data={VIEWS.map((one) => ({ value: one, label: t(`view.${one}`) }))}
              />
            )
          }
        >
          <MatrixTable mine={me && { party: partyOf(me), owner: me.owner }} onlyMine={view === 'mine' && me !== null} />
        </Section>
      </div>
    </Page>
  )
}
