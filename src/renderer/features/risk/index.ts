export { RiskPanel } from './RiskPanel.tsx'
export { RiskPage } from './RiskPage.tsx'
