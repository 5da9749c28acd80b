import type { WorkspaceStatus } from '#contract/workspace-api.ts'
import { useDeclare } from '#features/incidents'
import { NoticeBell } from '#features/notices'
import { PeopleHere } from '#features/team'
import { ActButton } from '#ui/ActButton.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { TextInput, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState, type FormEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { NextClocks } from './NextClocks.tsx'
import { SyncIndicator } from './SyncIndicator.tsx'
import classes from './TopBar.module.css'

type Props = {
  status: WorkspaceStatus | undefined
  connected: boolean
  searchBox: RefObject<HTMLInputElement | null>
  onPalette: () => void
}

/** The bar on every page: next clocks, search, sync state, and the current member. */
export function TopBar({ status, connected, searchBox, onPalette }: Props) {
  const { t } = useTranslation('frame')
  const { declare, barred } = useDeclare()
  const me = status?.me
  return (
    <header className={classes['bar']}>
      <NextClocks />
      <div className={classes['tools']}>
        <SearchBox searchBox={searchBox} onPalette={onPalette} />
        {status && !status.demo && <PeopleHere />}
        {status && !status.demo && me && <NoticeBell />}
        {status && <SyncIndicator sync={status.sync} connected={connected} offset={status.clock.offset} />}
        {me && (
          <Link to="/settings" className={classes['me']} aria-label={t('topBar.me', { name: me.name, role: t(`terms:role.${me.role}`) })}>
            <span className={classes['meName']}>{me.name}</span> <span className={classes['meRole']}>{t(`terms:role.${me.role}`)}</span>
          </Link>
        )}
        <ActButton onAct={declare} barred={barred} size="xs" shortcut="N">
          {t('topBar.declare')}
        </ActButton>
      </div>
    </header>
  )
}

function SearchBox({ searchBox, onPalette }: Pick<Props, 'searchBox' | 'onPalette'>) {
  const { t } = useTranslation('frame')
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const search = (event: FormEvent) => {
    event.preventDefault()
    // Without text: open the search page, which keeps its filters.
    void navigate(text.trim() ? `/search?q=${encodeURIComponent(text.trim())}` : '/search')
  }
  return (
    <search>
      <form onSubmit={search}>
        <TextInput
          ref={searchBox}
          size="xs"
          w={196}
          rightSectionWidth={62}
          rightSection={
            <UnstyledButton className={classes['palette']} onClick={onPalette} title={t('commands.palette')}>
              <span className="visually-hidden">{t('commands.palette')}</span>
              <Kbd shortcut="mod+K" />
            </UnstyledButton>
          }
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          placeholder={t('topBar.search')}
          aria-label={t('topBar.search')}
          maxLength={200}
        />
      </form>
    </search>
  )
}
