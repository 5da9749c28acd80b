export { DeclareProvider, useDeclare } from './DeclareProvider.tsx'
export { DeskPage } from './DeskPage.tsx'
export { inOrderOfUrgency, isUnderWay } from './order-of-urgency.ts'
