export function IncidentRoomPage() {
  return null
}
