export { ExportMenu } from './ExportMenu.tsx'
export { PrintPage } from './PrintPage.tsx'
