import { Page } from '#ui/Page.tsx'

/** The team's plans. */
export function PlansPage() {
  return <Page>{null}</Page>
}
