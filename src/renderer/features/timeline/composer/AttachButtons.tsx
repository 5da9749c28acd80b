import { ActionIcon, Tooltip } from '@mantine/core'
import { IconFolderOpen, IconPaperclip } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'

type AttachButtonsProps = {
  onFiles: (files: File[]) => void
  /** Whether the field for the path of a file is open. */
  pathOpen: boolean
  onTogglePath: () => void
}

/** Attach evidence: files of this computer, or the path of a file that stays where it is. */
export function AttachButtons({ onFiles, pathOpen, onTogglePath }: AttachButtonsProps) {
  const { t } = useTranslation('timeline')
  const fileRef = useRef<HTMLInputElement>(null)
  return (
    <>
      <Tooltip label={t('composer.attach')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('composer.attach')} onClick={() => fileRef.current?.click()}>
          <IconPaperclip size={18} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('composer.attachPath')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('composer.attachPath')} aria-expanded={pathOpen} onClick={onTogglePath}>
          <IconFolderOpen size={18} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <input
        ref={fileRef}
        type="file"
        multiple
        hidden
        aria-label={t('composer.attach')}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
