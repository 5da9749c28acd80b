import { useApiClient } from '#client/api-context.tsx'
import { downloadExport } from '#client/download.ts'
import type { Failure } from '#contract/failures.ts'
import { ExportFormat } from '#contract/file-api.ts'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { shownLanguage } from '#ui/shown-language.ts'
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { printQuery, WHOLE_INCIDENT } from './export-choice.ts'
import { ExportDialog } from './ExportDialog.tsx'
import styles from './ExportMenu.module.css'

/** Exports the whole incident to a file (document, spreadsheet, data) or for printing. */
export function ExportMenu({ incidentId }: { incidentId: string }) {
  const { t, i18n } = useTranslation('exports')
  const navigate = useNavigate()
  const client = useApiClient()
  const [choice, setChoice] = useState(WHOLE_INCIDENT)
  const [busy, setBusy] = useState<ExportFormat | null>(null)
  const [outcome, setOutcome] = useState<{ fileName: string } | { failure: Failure } | null>(null)

  // Opened from elsewhere by `?do=…`: the dialog opens as soon as the page does.
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
    setOpened(false)
    setBusy(format)
    setOutcome(null)
    const made = await client.call('exports.make', {
      incidentId,
      format,
      language: shownLanguage(i18n.language),
      ...choice,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    })
    const saved = made.ok ? await downloadExport(client, made.value) : made
    setBusy(null)
    setOutcome(!saved.ok ? { failure: saved.failure } : made.ok ? { fileName: made.value.fileName } : null)
  }

  useCommands(
    ExportFormat.options.map((format) => ({
      id: `exports.${format}`,
      label: t('command', { format: t(`format.${format}`) }),
      section: t('section'),
      run: () => void save(format),
    })),
  )

  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconDownload size={16} aria-hidden="true" />}
        loading={busy !== null}
        onClick={() => setOpened(true)}
      >
        {t('menu')}
      </Button>
      <ExportDialog
        opened={opened}
        choice={choice}
        onChoice={setChoice}
        onSave={(format) => void save(format)}
        onPrint={() => void navigate(`/print/${incidentId}${printQuery(choice)}`)}
        onClose={() => setOpened(false)}
      />
      {outcome && (
        <div className={styles['outcome']} role="status">
          {'failure' in outcome ? <FailureNotice failure={outcome.failure} /> : t('saved', { file: outcome.fileName })}
        </div>
      )}
    </>
  )
}
