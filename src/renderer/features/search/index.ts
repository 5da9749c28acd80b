export { hitAddress, markedRuns } from './group-hits.ts'
export { SearchPage } from './SearchPage.tsx'
