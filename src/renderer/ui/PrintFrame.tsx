import { Button } from '@mantine/core'
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react'
import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './PrintFrame.module.css'

type PrintFrameProps = {
  /** The title of the document, which browsers propose as the file name of a PDF; undefined until it is known. */
  title: string | undefined
  back: { to: string; label: string }
  /** Whether everything that is printed is there. */
  ready: boolean
  /** What is said beforehand about the print, such as its length. */
  note?: string | null
  /** Shown above the paper, on the screen only. */
  above?: ReactNode
  children: ReactNode
}

/** A page to print: A4, black on white in every theme; the browser's print dialog prints it or saves a PDF. */
export function PrintFrame({ title, back, ready, note, above, children }: PrintFrameProps) {
  const { t } = useTranslation('ui')
  useEffect(() => {
    if (title === undefined) return undefined
    const before = document.title
    document.title = title
    return () => {
      document.title = before
    }
  }, [title])
  return (
    <div className={classes['page']}>
      <div className={classes['bar']}>
        <Link to={back.to}>
          <IconArrowLeft size={16} aria-hidden="true" /> {back.label}
        </Link>
        {note && <span>{note}</span>}
        <Button
          size="compact-md"
          leftSection={<IconPrinter size={16} aria-hidden="true" />}
          disabled={!ready}
          onClick={() => globalThis.print()}
        >
          {t('print')}
        </Button>
      </div>
      {above}
      {ready && <main className={classes['paper']}>{children}</main>}
    </div>
  )
}
