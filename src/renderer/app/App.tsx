import { ApiProvider } from '#client/api-context.tsx'
import type { ApiClient } from '#contract/api.ts'
import { Workspace } from './Workspace.tsx'

/** The root component of the app, over one replica. */
export function App({ client }: { client: ApiClient }) {
  return (
    <ApiProvider client={client}>
      <Workspace />
    </ApiProvider>
  )
}
