import { Page } from '#ui/Page.tsx'

/** The tasks of an incident over the whole width. */
export function TasksPage() {
  return <Page wide>{null}</Page>
}
