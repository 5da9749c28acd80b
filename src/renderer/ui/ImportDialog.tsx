import type { Failure } from '#contract/failures.ts'
import type { ReactNode } from 'react'
import { ActButton } from './ActButton.tsx'
import { Dialog } from './Dialog.tsx'
import { FailureNotice } from './FailureNotice.tsx'
import { FileChoice } from './FileChoice.tsx'
import classes from './ImportDialog.module.css'

/*
 * A dialog that imports a file: choose it, see what it brings and what is wrong with it, then write it or choose another one.
 *
 *   <ImportDialog
 *     title={t('title')} size={860} onClose={onClose} failure={file.failure}
 *     choice={{ label: t('choose'), kinds: t('kinds'), accept: '.csv', reading: file.reading ? t('reading') : null, onFile: take }}
 *     standing={check && { fileName: check.fileName, counts: [{ id: 'add', text: t('add', { count }) }] }}
 *     act={{ label: t('write', { count }), busy, barred, onAct: write }}
 *     other={{ label: t('other'), onAct: file.startOver }}
 *   >
 *     {check && <Preview check={check} />}
 *   </ImportDialog>
 */

/** A number of rows in words; `late`: they need attention. */
export type ImportCount = { id: string; text: string; late?: boolean }

type Props = {
  title: string
  size: number
  onClose: () => void
  failure: Failure | null
  /** The file to choose. */
  choice: { label: string; kinds: string; accept: string; reading: string | null; onFile: (file: File) => void }
  /** What the file brings; null before it was read. */
  standing: { fileName: string; counts: readonly (ImportCount | false)[] } | null
  act: { label: string; busy: boolean; barred: string | null; onAct: () => void }
  other: { label: string; onAct: () => void }
  /** The preview: how the file is read, its rows, and what may be overwritten. */
  children: ReactNode
}

/** The frame of an import from a file. Nothing is written until the user confirms the preview. */
export function ImportDialog({ title, size, onClose, failure, choice, standing, act, other, children }: Props) {
  return (
    <Dialog title={title} size={size} onClose={onClose}>
      <div className={classes['form']}>
        {!standing && <FileChoice {...choice} />}
        {failure && <FailureNotice failure={failure} />}
        {standing && (
          <>
            <p className={classes['standing']} role="status">
              <b>{standing.fileName}</b>
              {standing.counts.map(
                (count) =>
                  count && (
                    <span key={count.id} className={count.late ? classes['late'] : undefined}>
                      {count.text}
                    </span>
                  ),
              )}
            </p>
            {children}
            <div className={classes['acts']}>
              <ActButton busy={act.busy} barred={act.barred} onAct={act.onAct}>
                {act.label}
              </ActButton>
              <ActButton quiet readsOnly onAct={other.onAct}>
                {other.label}
              </ActButton>
            </div>
          </>
        )}
      </div>
    </Dialog>
  )
}
