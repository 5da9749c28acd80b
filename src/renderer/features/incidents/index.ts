export { DeclareProvider, useDeclare } from './DeclareProvider.tsx'
export { LevelChoice } from './LevelChoice.tsx'
export { DeskPage } from './DeskPage.tsx'
export { inOrderOfUrgency } from './order-of-urgency.ts'
