export { PeoplePage } from './PeoplePage.tsx'
export { PeoplePanel } from './PeoplePanel.tsx'
