export { CommandActs } from './CommandActs.tsx'
export { CommandDialogProvider, useCommandDialog } from './CommandDialogs.tsx'
export { ReadersMark } from './ReadersMark.tsx'
export { StageSteps } from './StageSteps.tsx'
