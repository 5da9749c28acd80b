export { PermissionsPage } from './PermissionsPage.tsx'
export { usePermit } from './use-permit.ts'
