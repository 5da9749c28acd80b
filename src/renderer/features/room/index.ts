export { EntryPicker } from './pick/EntryPicker.tsx'
export { MeetsChoice } from './MeetsChoice.tsx'
export { RoomLayout } from './RoomLayout.tsx'
export { useRoom, type EntryIntent } from './room-context.ts'
