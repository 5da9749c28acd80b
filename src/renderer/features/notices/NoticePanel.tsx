import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { NoticeView } from '#contract/notice-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { DrillMark } from '#ui/DrillMark.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Button, UnstyledButton } from '@mantine/core'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { noticePlace, noticeWords } from './notice-words.ts'
import classes from './Notices.module.css'
import { useReadAll } from './use-read-all.ts'

/** The notices by incident, those of the standing library together, unread first; a click opens the subject. */
export function NoticePanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('notices')
  const navigate = useNavigate()
  const [page, setPage] = useState(0)
  const reading = useRead('notices.list', { page, order: 'unread' }, { keep: true })
  const readAll = useReadAll()
  const { act: mark } = useAct('notices.read')
  const rows = reading.data?.rows ?? []
  const pages = reading.data?.pages ?? 0
  const panel = useRef<HTMLDivElement>(null)
  const filled = rows.length > 0
  useEffect(() => {
    if (filled) panel.current?.querySelector<HTMLElement>('[data-notice]')?.focus()
  }, [filled])

  const go = (notice: NoticeView) => {
    if (!notice.read) void mark({ ids: [notice.id], read: true })
    onClose()
    void navigate(noticePlace(notice))
  }
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-notice]')]
    if (by === 0 || stops.length === 0) return
    event.preventDefault()
    const at = stops.findIndex((stop) => stop === document.activeElement)
    stops[Math.min(stops.length - 1, Math.max(0, at + by))]?.focus()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move among the buttons inside
    <div ref={panel} className={classes['panel']} onKeyDown={move}>
      <div className={classes['head']}>
        <h2>{t('section')}</h2>
        {(reading.data?.unread ?? 0) > 0 && (
          <ActButton quiet size="compact-xs" onAct={() => void readAll()}>
            {t('readAll')}
          </ActButton>
        )}
      </div>
      {reading.failure && <FailureNotice failure={reading.failure} onRetry={reading.readAgain} />}
      {reading.data && rows.length === 0 && <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>}
      <div className={classes['groups']}>
        {byIncident(rows).map(([incidentId, notices]) => {
          const heading = notices[0]?.incidentTitle ?? t('library')
          return (
            <section key={incidentId ?? 'library'} aria-label={heading}>
              <h3 className={classes['incident']}>
                <span>{heading}</span> {notices[0] && notices[0].mode !== 'real' && <DrillMark mode={notices[0].mode} />}
              </h3>
              <ul className={classes['rows']}>
                {notices.map((notice) => (
                  <NoticeRow key={notice.id} notice={notice} onGo={go} />
                ))}
              </ul>
            </section>
          )
        })}
      </div>
      {pages > 1 && (
        <div className={classes['foot']}>
          <Button size="compact-xs" variant="default" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {t('newer')}
          </Button>
          <span>{t('page', { page: page + 1, pages })}</span>
          <Button size="compact-xs" variant="default" disabled={page + 1 >= pages} onClick={() => setPage(page + 1)}>
            {t('older')}
          </Button>
        </div>
      )}
    </div>
  )
}

function NoticeRow({ notice, onGo }: { notice: NoticeView; onGo: (notice: NoticeView) => void }) {
  const { t, i18n } = useTranslation('notices')
  return (
    <li>
      <UnstyledButton
        className={classes['row']}
        data-notice
        data-unread={!notice.read || undefined}
        data-over={notice.over ?? undefined}
        onClick={() => onGo(notice)}
      >
        <span className={classes['words']}>
          {!notice.read && <span className="visually-hidden">{t('unread')} </span>}
          {noticeWords(notice, t, i18n.language)}
        </span>
        <span className={classes['age']}>
          <Age at={notice.at} />
        </span>
        {notice.text !== '' && <span className={classes['text']}>{notice.text}</span>}
      </UnstyledButton>
    </li>
  )
}

function byIncident(rows: readonly NoticeView[]): [string | null, NoticeView[]][] {
  return [...Map.groupBy(rows, ({ incidentId }) => incidentId)]
}
