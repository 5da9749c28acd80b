export { DataPage } from './DataPage.tsx'
export { FirstRunPage } from './FirstRunPage.tsx'
export { SettingsPage } from './SettingsPage.tsx'
export { TroubleScreen } from './TroubleScreen.tsx'
