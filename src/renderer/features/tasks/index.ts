export { TasksPanel } from './TasksPanel.tsx'
