export { RulesSection } from './RulesSection.tsx'
