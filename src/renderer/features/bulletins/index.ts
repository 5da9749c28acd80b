export { AllBulletinsPage } from './AllBulletinsPage.tsx'
export { BulletinsPage } from './BulletinsPage.tsx'
export { BulletinStandings } from './BulletinStandings.tsx'
