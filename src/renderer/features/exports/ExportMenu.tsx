import { useApiClient } from '#client/api-context.tsx'
import { downloadExport } from '#client/download.ts'
import type { Failure } from '#contract/failures.ts'
import { ExportFormat } from '#contract/file-api.ts'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Button, Menu } from '@mantine/core'
import { IconBraces, IconDownload, IconFileSpreadsheet, IconFileText, IconFileTypeCsv, IconPrinter, type TablerIcon } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import styles from './ExportMenu.module.css'

const ICONS: Record<ExportFormat, TablerIcon> = { md: IconFileText, csv: IconFileTypeCsv, xlsx: IconFileSpreadsheet, json: IconBraces }

/** The whole incident as a file for people, spreadsheets or programs, or on paper. */
export function ExportMenu({ incidentId }: { incidentId: string }) {
  const { t, i18n } = useTranslation('exports')
  const navigate = useNavigate()
  const client = useApiClient()
  const [busy, setBusy] = useState<ExportFormat | null>(null)
  const [outcome, setOutcome] = useState<{ fileName: string } | { failure: Failure } | null>(null)

  // Asked for from elsewhere: the kinds of file are offered as soon as the room is open.
  const [opened, setOpened] = useState(false)
  const [address, setAddress] = useSearchParams()
  const asked = address.get('do') === 'export'
  useEffect(() => {
    if (!asked) return
    setOpened(true)
    setAddress(
      (now) => {
        const next = new URLSearchParams(now)
        next.delete('do')
        return next
      },
      { replace: true },
    )
  }, [asked, setAddress])

  const save = async (format: ExportFormat) => {
    setBusy(format)
    setOutcome(null)
    const language = i18n.language === 'en' ? 'en' : 'zh-Hans'
    const made = await client.call('exports.make', { incidentId, format, language, zone: Intl.DateTimeFormat().resolvedOptions().timeZone })
    const saved = made.ok ? await downloadExport(client, made.value) : made
    setBusy(null)
    setOutcome(!saved.ok ? { failure: saved.failure } : made.ok ? { fileName: made.value.fileName } : null)
  }

  useCommands(
    ExportFormat.options.map((format) => ({ id: `exports.${format}`, label: t('command', { format: t(`format.${format}`) }), section: t('section'), run: () => void save(format) })),
  )

  return (
    <>
      <Menu position="bottom-end" width={280} opened={opened} onChange={setOpened}>
        <Menu.Target>
          <Button variant="default" size="compact-md" leftSection={<IconDownload size={16} aria-hidden="true" />} loading={busy !== null}>
            {t('menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('masked')}</Menu.Label>
          {ExportFormat.options.map((format) => {
            const Icon = ICONS[format]
            return (
              <Menu.Item key={format} leftSection={<Icon size={18} stroke={1.75} aria-hidden="true" />} onClick={() => void save(format)}>
                <span className={styles['format']}>
                  {t(`format.${format}`)}
                  <small>{t(`use.${format}`)}</small>
                </span>
              </Menu.Item>
            )
          })}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden="true" />} onClick={() => void navigate(`/print/${incidentId}`)}>
            <span className={styles['format']}>
              {t('print')}
              <small>{t('use.print')}</small>
            </span>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {outcome && (
        <div className={styles['outcome']} role="status">
          {'failure' in outcome ? <FailureNotice failure={outcome.failure} /> : t('saved', { file: outcome.fileName })}
        </div>
      )}
    </>
  )
}
