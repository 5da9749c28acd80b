export { DemoBar } from './DemoBar.tsx'
export { DemoSection } from './DemoSection.tsx'
