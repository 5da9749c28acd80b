export { PermissionsPage } from './PermissionsPage.tsx'
export { usePermit, usePermits } from './use-permit.ts'
export { usePermittedAct } from './use-permitted-act.ts'
