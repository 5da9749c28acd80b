export { LibraryPage } from './library/LibraryPage.tsx'
export { PolicyPage } from './policy/PolicyPage.tsx'
export { TextPage } from './text/TextPage.tsx'
