import { useIncidents } from '#client/use-incidents.ts'
import { isLive } from '#domain/incidents/incident.ts'
import { inOrderOfUrgency } from '#features/incidents'
import { classNames } from '#ui/class-names.ts'
import { DrillMark } from '#ui/DrillMark.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { ProductMark } from '#ui/ProductMark.tsx'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { NAV_GROUPS, NAV_ITEMS, navKeys } from './nav-items.ts'
import classes from './Rail.module.css'

const SHOWN = 12
const GROUPS = NAV_GROUPS.map((group) => ({
  group,
  items: NAV_ITEMS.flatMap((item, index) => (item.group === group ? [{ ...item, key: navKeys(index)[0] }] : [])),
})).filter(({ items }) => items.length > 0)

/** Main navigation: grouped pages and the open incidents, most urgent first. */
export function Rail() {
  const { t } = useTranslation('frame')
  const incidents = useIncidents().data
  const open = useMemo(() => inOrderOfUrgency((incidents ?? []).filter(isLive)), [incidents])
  return (
    <nav className={classes['rail']} aria-label={t('rail.label')}>
      <div className={classes['name']}>
        <ProductMark />
      </div>
      {GROUPS.filter(({ group }) => group !== 'foot').map(({ group, items }) => (
        <NavGroup key={group} name={group === 'dashboard' ? null : t(`group.${group}`)} items={items} />
      ))}
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
            <NavLink to="/?view=dashboard" end className={classNames(classes['more'])}>
              {t('rail.more', { count: open.length - SHOWN })}
            </NavLink>
          )}
        </>
      )}
      <div className={classes['foot']}>
        {GROUPS.filter(({ group }) => group === 'foot').map(({ group, items }) => (
          <NavGroup key={group} name={null} items={items} />
        ))}
      </div>
    </nav>
  )
}

/** The items of one group, under its heading if it has one. */
function NavGroup({ name, items }: { name: string | null; items: (typeof GROUPS)[number]['items'] }) {
  const { t } = useTranslation('frame')
  return (
    <>
      {name !== null && <h2 className={classes['heading']}>{name}</h2>}
      <ul className={classes['list']}>
        {items.map(({ id, path, icon: Icon, key }) => (
          <li key={id}>
            <NavLink to={path} end={path === '/'} className={classNames(classes['link'])} title={t(`place.${id}`)}>
              <Icon size={18} stroke={1.6} aria-hidden="true" />
              <span className={classes['word']}>{t(`place.${id}`)}</span>
              <span className={classes['key']}>{key !== undefined && <Kbd shortcut={key} />}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </>
  )
}
