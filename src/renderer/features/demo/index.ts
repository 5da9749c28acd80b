export { DemoBar } from './DemoBar.tsx'
export { DemoMark } from './DemoMark.tsx'
export { DemoSection } from './DemoSection.tsx'
