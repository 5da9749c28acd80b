import { useFailureWords } from '#ui/failure-words.ts'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconLoader2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import { textsOf } from './draft-parts.ts'
import type { SaveState } from './draft-session.ts'
import classes from './editor.module.css'

type Props = { save: SaveState; onRetry: () => void; doc: Y.Doc }

/** Whether everything typed is in the stored draft. If it cannot be written, the text can be copied out. */
export function SaveMark({ save, onRetry, doc }: Props) {
  const { t } = useTranslation('wording-editor')
  const word = useFailureWords()
  if (save.phase !== 'failed' || save.failure === null)
    return (
      <span className={classes['save']} role="status">
        {save.phase === 'saved' ? <IconCheck size={14} aria-hidden /> : <IconLoader2 size={14} aria-hidden />}
        {t(save.phase === 'saved' ? 'saved' : 'writing')}
      </span>
    )
  const copy = () => void navigator.clipboard.writeText(textsOf(doc).join('\n\n'))
  return (
    <span className={classes['unsaved']} role="alert">
      <IconAlertTriangle size={14} aria-hidden />
      {t('unsaved', { reason: word(save.failure) })}
      <Button variant="default" size="compact-sm" onClick={onRetry}>
        {t('retry')}
      </Button>
      <Button variant="default" size="compact-sm" onClick={copy}>
        {t('copyAll')}
      </Button>
    </span>
  )
}
