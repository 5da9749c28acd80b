export { LibraryPage } from './library/LibraryPage.tsx'
export { PolicyPage } from './policy/PolicyPage.tsx'
export { SheetPage } from './sheet/SheetPage.tsx'
export { TextPage } from './text/TextPage.tsx'
