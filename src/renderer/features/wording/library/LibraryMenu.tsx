import { useApiClient } from '#client/api-context.tsx'
import { downloadExport } from '#client/download.ts'
import type { Failure } from '#contract/failures.ts'
import { WordingFileFormat } from '#contract/wording-file-api.ts'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { useFailureWords } from '#ui/failure-words.ts'
import { shownLanguage } from '#ui/shown-language.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { ActionIcon, Menu } from '@mantine/core'
import { IconBooks, IconDots, IconDownload, IconFileUpload, IconPrinter, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

type LibraryMenuProps = {
  incidentId: string | null
  /** Why this member may not write texts, or null. */
  barred: string | null
  /** Whether there is something to export. */
  hasTexts: boolean
  /** Whether something is in use, which can be printed. */
  hasLive: boolean
  onStarter: () => void
  onImport: () => void
  /** Shows the removed texts. */
  onRemoved: () => void
}

/** What is done to the library as a whole: the starter library, import and export, and the texts that were removed. */
export function LibraryMenu({ incidentId, barred, hasTexts, hasLive, onStarter, onImport, onRemoved }: LibraryMenuProps) {
  const { t, i18n } = useTranslation('wording-files')
  const client = useApiClient()
  const tell = useUndoNotice()
  const word = useFailureWords()
  const refused = (failure: Failure) => tell(word(failure))
  const navigate = useNavigate()
  const sheet = incidentId === null ? '/print/wording' : `/print/wording/${incidentId}`
  const save = async (format: WordingFileFormat) => {
    const made = await client.call('wordings.exportFile', { incidentId, format, language: shownLanguage(i18n.language) })
    if (!made.ok) return refused(made.failure)
    const saved = await downloadExport(client, made.value)
    if (!saved.ok) return refused(saved.failure)
    tell(t('exported', { count: made.value.texts, file: made.value.fileName }))
  }
  useCommands([
    {
      id: 'wording.import',
      section: t('wording:title'),
      label: t('open'),
      keywords: 'import 导入 xlsx csv docx',
      shortcut: 'I',
      disabled: barred !== null,
      run: onImport,
    },
    {
      id: 'wording.print',
      section: t('wording:title'),
      label: t('wording-sheet:print'),
      keywords: 'print 打印',
      disabled: !hasLive,
      run: () => void navigate(sheet),
    },
    ...WordingFileFormat.options.map((format) => ({
      id: `wording.export.${format}`,
      section: t('wording:title'),
      label: t('export', { format: t(`format.${format}`) }),
      keywords: `export 导出 ${format}`,
      disabled: !hasTexts,
      run: () => void save(format),
    })),
  ])
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size="md" aria-label={t('menu')}>
          <IconDots size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconBooks size={16} aria-hidden="true" />} disabled={barred !== null} onClick={onStarter}>
          {t('wording:starter.open')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileUpload size={16} aria-hidden="true" />} disabled={barred !== null} onClick={onImport}>
          {t('open')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden="true" />} onClick={onRemoved}>
          {t('wording:removed.show')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconPrinter size={16} aria-hidden="true" />} disabled={!hasLive} component={Link} to={sheet}>
          {t('wording-sheet:print')}
        </Menu.Item>
        {WordingFileFormat.options.map((format) => (
          <Menu.Item
            key={format}
            leftSection={<IconDownload size={16} aria-hidden="true" />}
            disabled={!hasTexts}
            onClick={() => void save(format)}
          >
            {t('export', { format: t(`format.${format}`) })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
