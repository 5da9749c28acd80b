import { createHashRouter, redirect } from 'react-router'
import { Layout } from './Layout.tsx'
import { PageNotFound } from './PageNotFound.tsx'
import { PageError } from './PageError.tsx'
import { MOVED_PAGES } from './settings/settings-pages.ts'
import { SettingsLayout } from './settings/SettingsLayout.tsx'

/** All routes. Hash routing keeps addresses the same over app:// and http://. Pages are loaded lazily. */
export const router = createHashRouter([
  {
    element: <Layout />,
    hydrateFallbackElement: <div />,
    errorElement: <PageError />,
    children: [
      {
        // The boundary is inside the layout, so that a failed page leaves the frame and text typed elsewhere intact.
        errorElement: <PageError />,
        children: [
          { path: '/', lazy: async () => ({ Component: (await import('#features/home')).HomePage }) },
          {
            path: '/incidents/:incidentId',
            lazy: async () => ({ Component: (await import('#features/room')).RoomLayout }),
            children: [
              { index: true, lazy: async () => ({ Component: (await import('#features/timeline')).TimelinePage }) },
              { path: '/incidents/:incidentId/tasks', lazy: async () => ({ Component: (await import('#features/tasks')).TasksPage }) },
              { path: '/incidents/:incidentId/risk', lazy: async () => ({ Component: (await import('#features/risk')).RiskPage }) },
              { path: '/incidents/:incidentId/people', lazy: async () => ({ Component: (await import('#features/people')).PeoplePage }) },
              {
                path: '/incidents/:incidentId/wording',
                lazy: async () => ({ Component: (await import('#features/wording')).LibraryPage }),
              },
              {
                path: '/incidents/:incidentId/wording/:wordingId',
                lazy: async () => ({ Component: (await import('#features/wording')).TextPage }),
              },
              {
                path: '/incidents/:incidentId/bulletins',
                lazy: async () => ({ Component: (await import('#features/bulletins')).BulletinsPage }),
              },
              { path: '/incidents/:incidentId/import', lazy: async () => ({ Component: (await import('#features/imports')).ImportPage }) },
              {
                path: '/incidents/:incidentId/reveals',
                lazy: async () => ({ Component: (await import('#features/personal')).RevealsPage }),
              },
            ],
          },
          { path: '/compare', lazy: async () => ({ Component: (await import('#features/compare')).ComparePage }) },
          { path: '/plans/:planId?', lazy: async () => ({ Component: (await import('#features/plans')).PlansPage }) },
          { path: '/wording', lazy: async () => ({ Component: (await import('#features/wording')).LibraryPage }) },
          { path: '/wording/:wordingId', lazy: async () => ({ Component: (await import('#features/wording')).TextPage }) },
          { path: '/bulletins', lazy: async () => ({ Component: (await import('#features/bulletins')).AllBulletinsPage }) },
          { path: '/contacts', lazy: async () => ({ Component: (await import('#features/contacts')).ContactsPage }) },
          { path: '/search', lazy: async () => ({ Component: (await import('#features/search')).SearchPage }) },
          {
            element: <SettingsLayout />,
            children: [
              { path: '/settings', lazy: async () => ({ Component: (await import('#features/workspace')).SettingsPage }) },
              { path: '/settings/rules', lazy: async () => ({ Component: (await import('#features/rules')).RulesPage }) },
              { path: '/settings/approvals', lazy: async () => ({ Component: (await import('#features/wording')).PolicyPage }) },
              { path: '/settings/checks', lazy: async () => ({ Component: (await import('#features/wording')).ChecksPage }) },
              { path: '/settings/agents', lazy: async () => ({ Component: (await import('#features/agents')).AgentsPage }) },
              { path: '/settings/team', lazy: async () => ({ Component: (await import('#features/team')).TeamPage }) },
              { path: '/settings/team/access', lazy: async () => ({ Component: (await import('#features/team')).AccessPage }) },
              { path: '/settings/team/reveals', lazy: async () => ({ Component: (await import('#features/personal')).RevealsPage }) },
              { path: '/settings/permissions', lazy: async () => ({ Component: (await import('#features/permissions')).PermissionsPage }) },
              { path: '/settings/data', lazy: async () => ({ Component: (await import('#features/workspace')).DataPage }) },
            ],
          },
          ...MOVED_PAGES.map(({ from, to }) => ({ path: from, loader: () => redirect(to) })),
          { path: '*', element: <PageNotFound /> },
        ],
      },
    ],
  },
  {
    path: '/print/:incidentId',
    hydrateFallbackElement: <div />,
    errorElement: <PageError />,
    lazy: async () => ({ Component: (await import('#features/exports')).PrintPage }),
  },
  {
    path: '/print/wording/:incidentId?',
    hydrateFallbackElement: <div />,
    errorElement: <PageError />,
    lazy: async () => ({ Component: (await import('#features/wording')).SheetPage }),
  },
  {
    path: '/present/:incidentId?',
    hydrateFallbackElement: <div />,
    errorElement: <PageError />,
    lazy: async () => ({ Component: (await import('#features/wall')).WallPage }),
  },
])
