/** The settings pages, in order. Labels: `frame:settings.<id>`. */
export const SETTINGS_PAGES = [
  { id: 'me', path: '/settings' },
  { id: 'rules', path: '/settings/rules' },
  { id: 'approvals', path: '/settings/approvals' },
  { id: 'checks', path: '/settings/checks' },
  { id: 'agents', path: '/settings/agents' },
  { id: 'team', path: '/settings/team' },
  { id: 'permissions', path: '/settings/permissions' },
  { id: 'data', path: '/settings/data' },
] as const

/** Former addresses of settings pages, redirected so that saved links still work. */
export const MOVED_PAGES = [
  { from: '/data', to: '/settings/data' },
  { from: '/team', to: '/settings/team' },
  { from: '/team/access', to: '/settings/team/access' },
  { from: '/team/permissions', to: '/settings/permissions' },
  { from: '/team/reveals', to: '/settings/team/reveals' },
] as const
