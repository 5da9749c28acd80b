export { CommandActs } from './CommandActs.tsx'
export { CommandDialogProvider, useCommandDialog } from './CommandDialogs.tsx'
export { StageSteps } from './StageSteps.tsx'
