import { createHashRouter, Outlet } from 'react-router'

/** Every place of the app. The hash keeps addresses alike over app:// and http://. Pages come when they are first visited. */
export const router = createHashRouter([
  {
    element: <Outlet />,
    hydrateFallbackElement: <div />,
    children: [
      { path: '/incidents/:incidentId', lazy: async () => ({ Component: (await import('#features/timeline')).IncidentRoomPage }) },
      { path: '/incidents/:incidentId/import', lazy: async () => ({ Component: (await import('#features/imports')).ImportPage }) },
      { path: '/search', lazy: async () => ({ Component: (await import('#features/search')).SearchPage }) },
    ],
  },
  { path: '/print/:incidentId', hydrateFallbackElement: <div />, lazy: async () => ({ Component: (await import('#features/exports')).PrintPage }) },
])
