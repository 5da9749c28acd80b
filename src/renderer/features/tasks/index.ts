export { TasksPage } from './TasksPage.tsx'
export { TasksPanel } from './TasksPanel.tsx'
