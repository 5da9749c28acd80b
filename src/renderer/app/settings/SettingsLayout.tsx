import { SubNav } from '#ui/SubNav.tsx'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { SETTINGS_PAGES } from './settings-pages.ts'

/** Layout of the settings pages, with their navigation on top. */
export function SettingsLayout() {
  const { t } = useTranslation('frame')
  return (
    <>
      <SubNav
        label={t('settings.label')}
        items={SETTINGS_PAGES.map(({ id, path }) => ({ id, path, label: t(`settings.${id}`), exact: path === '/settings' }))}
      />
      <Outlet />
    </>
  )
}
