import { useIncidents } from '#client/use-incidents.ts'
import { isLive } from '#domain/incidents/incident.ts'
import { inOrderOfUrgency } from '#features/incidents'
import { classNames } from '#ui/class-names.ts'
import { DrillMark } from '#ui/DrillMark.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { ProductMark } from '#ui/ProductMark.tsx'
import { IconDatabase, IconLayoutDashboard, IconListCheck, IconSearch, IconSettings, IconUsers } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { placeKeys, PLACES, type PlaceId } from './places.ts'
import classes from './Rail.module.css'

const ICONS: Record<PlaceId, typeof IconSearch> = {
  desk: IconLayoutDashboard,
  plans: IconListCheck,
  search: IconSearch,
  data: IconDatabase,
  settings: IconSettings,
  team: IconUsers,
}
const SHOWN = 12

/** The way around: places, and the open incidents, most urgent first. */
export function Rail() {
  const { t } = useTranslation('frame')
  const incidents = useIncidents().data
  const open = useMemo(() => inOrderOfUrgency((incidents ?? []).filter(isLive)), [incidents])
  return (
    <nav className={classes['rail']} aria-label={t('rail.label')}>
      <div className={classes['name']}>
        <ProductMark />
      </div>
      <ul className={classes['list']}>
        {PLACES.map((place, index) => {
          const Icon = ICONS[place.id]
          return (
            <li key={place.id}>
              <NavLink to={place.path} end={place.path === '/'} className={classNames(classes['link'])} title={t(`place.${place.id}`)}>
                <Icon size={18} stroke={1.6} aria-hidden="true" />
                <span className={classes['word']}>{t(`place.${place.id}`)}</span>
                <span className={classes['key']}>
                  <Kbd shortcut={placeKeys(index)[0]} />
                </span>
              </NavLink>
            </li>
          )
        })}
      </ul>
      {open.length > 0 && (
        <>
          <h2 className={classes['heading']}>{t('rail.incidents', { count: open.length })}</h2>
          <ul className={classes['list']}>
            {open.slice(0, SHOWN).map((incident) => (
              <li key={incident.id}>
                <NavLink to={`/incidents/${incident.id}`} className={classNames(classes['link'])} title={incident.title}>
                  <LevelMark level={incident.level} shapeOnly />
                  <span className={classes['title']}>{incident.title}</span>
                  {incident.mode !== 'real' && (
                    <span className={classes['drill']}>
                      <DrillMark mode={incident.mode} />
                    </span>
                  )}
                </NavLink>
              </li>
            ))}
          </ul>
          {open.length > SHOWN && (
            <NavLink to="/" end className={classNames(classes['more'])}>
              {t('rail.more', { count: open.length - SHOWN })}
            </NavLink>
          )}
        </>
      )}
    </nav>
  )
}
