export { WallCurve } from './WallCurve.tsx'
export { WallPage } from './WallPage.tsx'
