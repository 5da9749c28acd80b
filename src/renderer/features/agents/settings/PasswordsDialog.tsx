import type { AgentPassword } from '#contract/agents-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { DataTable } from '#ui/DataTable.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Toolbar } from '#ui/Toolbar.tsx'
import { CopyButton } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Agents.module.css'

/** First passwords, shown only here and only now: to copy into a table, or to print and hand out. */
export function PasswordsDialog({ passwords, onClose }: { passwords: readonly AgentPassword[]; onClose: () => void }) {
  const { t } = useTranslation('agents')
  useEffect(() => {
    // Printed alone, without the page behind the dialog.
    document.documentElement.dataset['prints'] = 'passwords'
    return () => void delete document.documentElement.dataset['prints']
  }, [])
  const table = [
    [t('agents.number'), t('agents.name'), t('passwords.password')],
    ...passwords.map(({ number, name, password }) => [number, name, password]),
  ]
  return (
    <Dialog title={t('passwords.title', { count: passwords.length })} onClose={onClose}>
      <div className={classes['passwords']}>
        <p className={classes['note']}>{t('passwords.text')}</p>
        <div className={classes['unprinted']}>
          <div className={classes['tools']}>
            <Toolbar>
              <CopyButton value={table.map((row) => row.join('\t')).join('\n')}>
                {({ copied, copy }) => (
                  <ActButton readsOnly size="xs" onAct={copy}>
                    {copied ? t('ui:copied') : t('passwords.copy')}
                  </ActButton>
                )}
              </CopyButton>
              <ActButton quiet readsOnly size="xs" onAct={() => window.print()}>
                {t('passwords.print')}
              </ActButton>
            </Toolbar>
          </div>
        </div>
        <DataTable
          framed
          label={t('passwords.title', { count: passwords.length })}
          rows={passwords}
          rowKey={({ id }) => id}
          columns={[
            { id: 'number', head: t('agents.number'), fit: true, render: ({ number }) => number },
            { id: 'name', head: t('agents.name'), render: ({ name }) => name },
            {
              id: 'password',
              head: t('passwords.password'),
              fit: true,
              render: ({ password }) => <span className={classes['password']}>{password}</span>,
            },
          ]}
        />
      </div>
    </Dialog>
  )
}
