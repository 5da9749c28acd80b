import { ExportEntries, ExportFormat, ExportPart } from '#contract/file-api.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Button, Checkbox, SegmentedControl } from '@mantine/core'
import { IconBraces, IconFileSpreadsheet, IconFileText, IconFileTypeCsv, IconPrinter, type TablerIcon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ExportChoice } from './export-choice.ts'
import styles from './ExportDialog.module.css'

const ICONS: Record<ExportFormat, TablerIcon> = { md: IconFileText, csv: IconFileTypeCsv, xlsx: IconFileSpreadsheet, json: IconBraces }

type ExportDialogProps = {
  opened: boolean
  choice: ExportChoice
  onChoice: (choice: ExportChoice) => void
  onSave: (format: ExportFormat) => void
  onPrint: () => void
  onClose: () => void
}

/** Selects the content, then the file format or printing. */
export function ExportDialog({ opened, choice, onChoice, onSave, onPrint, onClose }: ExportDialogProps) {
  const { t } = useTranslation('exports')
  const toggle = (part: ExportPart, wanted: boolean) =>
    onChoice({ ...choice, parts: ExportPart.options.filter((one) => (one === part ? wanted : choice.parts.includes(one))) })
  return (
    <Dialog opened={opened} onClose={onClose} title={t('title')} size="md">
      <div className={styles['dialog']}>
        <SegmentedControl
          fullWidth
          aria-label={t('which')}
          value={choice.entries}
          onChange={(value) => onChoice({ ...choice, entries: value === 'starred' ? 'starred' : 'all' })}
          data={ExportEntries.options.map((value) => ({ value, label: t(`entries.${value}`) }))}
        />
        <fieldset className={styles['parts']}>
          <legend>{t('also')}</legend>
          {ExportPart.options.map((part) => (
            <Checkbox
              key={part}
              label={t(`part.${part}`)}
              checked={choice.parts.includes(part)}
              onChange={(event) => toggle(part, event.currentTarget.checked)}
            />
          ))}
          <Checkbox label={t('ids')} checked={choice.ids} onChange={(event) => onChoice({ ...choice, ids: event.currentTarget.checked })} />
        </fieldset>
        <div className={styles['formats']}>
          {ExportFormat.options.map((format) => {
            const Icon = ICONS[format]
            return (
              <Button
                key={format}
                variant="default"
                justify="flex-start"
                h="auto"
                leftSection={<Icon size={18} stroke={1.75} aria-hidden="true" />}
                onClick={() => onSave(format)}
              >
                <span className={styles['format']}>
                  {t(`format.${format}`)}
                  <small>{t(`use.${format}`)}</small>
                </span>
              </Button>
            )
          })}
          <Button
            variant="default"
            justify="flex-start"
            h="auto"
            leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden="true" />}
            onClick={onPrint}
          >
            <span className={styles['format']}>
              {t('print')}
              <small>{t('use.print')}</small>
            </span>
          </Button>
        </div>
        <p className={styles['note']}>{t('masked')}</p>
      </div>
    </Dialog>
  )
}
