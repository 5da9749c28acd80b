export { CommandActs } from './CommandActs.tsx'
export { CommandDialogProvider, useCommandDialog } from './CommandDialogs.tsx'
export { useCommandBar } from './who-may.ts'
export { StageSteps } from './StageSteps.tsx'
