import { enterDemo } from '#client/demo-room.ts'
import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import { useDeclare } from '#features/incidents'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { useTranslation } from 'react-i18next'
import { useMatch, useNavigate } from 'react-router'
import { NAV_ITEMS, navKeys } from './nav-items.ts'
import { SETTINGS_PAGES } from './settings/settings-pages.ts'

/** Registers the commands that are available on every page. */
export function FrameCommands({ onPalette, onKeys, onSearch }: { onPalette: () => void; onKeys: () => void; onSearch: () => void }) {
  const { t, i18n } = useTranslation('frame')
  const navigate = useNavigate()
  const { declare, barred } = useDeclare()
  const incidentId = useMatch('/incidents/:incidentId/*')?.params.incidentId
  const status = useRead('workspace.status', {}).data
  const preferences = status?.preferences
  const { act } = useAct('workspace.setPreferences')
  const section = t('commands.section')
  const otherLanguage = preferences?.language === 'en' ? 'zh-Hans' : 'en'
  useCommands([
    {
      id: 'frame.declare',
      section,
      label: t('commands.declare'),
      keywords: 'declare incident new 新建 启动 事件 qidong 宣布 xuanbu',
      shortcut: ['N', 'mod+Shift+D'],
      disabled: barred !== null,
      run: declare,
    },
    { id: 'frame.palette', section, label: t('commands.palette'), shortcut: 'mod+K', hidden: true, run: onPalette },
    {
      id: 'frame.search',
      section,
      label: t('commands.search'),
      keywords: 'search find 搜索 查找 sousuo',
      shortcut: 'mod+Shift+F',
      run: onSearch,
    },
    { id: 'frame.keys', section, label: t('commands.keys'), keywords: 'keyboard help shortcuts 快捷键 帮助', shortcut: '?', run: onKeys },
    {
      id: 'frame.compare',
      section,
      label: t(incidentId === undefined ? 'commands.compare' : 'commands.compareThis'),
      keywords: 'compare side by side 对照 对比 比较 duizhao',
      shortcut: 'Shift+C',
      run: () => void navigate(incidentId === undefined ? '/compare' : `/compare?a=${incidentId}`),
    },
    {
      id: 'frame.wall',
      section,
      label: t(incidentId === undefined ? 'commands.wall' : 'commands.wallThis'),
      keywords: 'wall screen present TV 大屏 投屏 轮播 daping',
      shortcut: 'Shift+P',
      run: () => void navigate(incidentId === undefined ? '/present' : `/present/${incidentId}`),
    },
    ...NAV_ITEMS.map((place, index) => ({
      id: `frame.go-${place.id}`,
      section,
      label: t('commands.go', { place: t(`place.${place.id}`) }),
      keywords: `go ${place.id} 前往`,
      // On an incident page the plain numbers select its tabs; leaving the page takes Shift and the number.
      shortcut: incidentId === undefined ? navKeys(index) : navKeys(index).slice(0, 1),
      run: () => void navigate(place.path),
    })),
    ...SETTINGS_PAGES.filter(({ id }) => id !== 'me' && id !== 'permissions').map(({ id, path }) => ({
      id: `frame.go-${id}`,
      section,
      label: t('commands.go', { place: t(`settings.${id}`) }),
      keywords: `go settings ${id} 前往 设置`,
      run: () => void navigate(path),
    })),
    {
      id: 'permissions.open',
      section,
      label: t('permissions:open'),
      keywords: 'permissions roles who may 权限 角色 quanxian',
      run: () => void navigate('/settings/permissions'),
    },
    ...(['auto', 'light', 'dark'] as const).map((theme) => ({
      id: `frame.theme-${theme}`,
      section,
      label: t('commands.theme', { theme: t(`theme.${theme}`) }),
      keywords: `theme ${theme} 主题 外观 深色 浅色`,
      run: () => void act({ theme }),
    })),
    ...(status?.demo === false
      ? [
          {
            id: 'frame.demo',
            section,
            label: t('demo:enter'),
            keywords: 'demo tour example 演示 示例 yanshi',
            run: () => enterDemo(i18n.language === 'en' ? 'en' : 'zh-Hans'),
          },
        ]
      : []),
    {
      id: 'frame.language',
      section,
      label: t(`commands.language.${otherLanguage}`),
      keywords: 'language 语言 中文 English',
      run: () => void act({ language: otherLanguage }),
    },
  ])
  return null
}
