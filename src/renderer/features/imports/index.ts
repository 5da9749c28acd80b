export { ImportHistory } from './ImportHistory.tsx'
export { ImportPage } from './ImportPage.tsx'
