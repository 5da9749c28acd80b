export { IncidentRoomPage } from './IncidentRoomPage.tsx'
