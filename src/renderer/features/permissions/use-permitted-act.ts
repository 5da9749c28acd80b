import { useAct, type Act } from '#client/use-act.ts'
import { api, type Api, type CommandName } from '#contract/api.ts'
import type { Action } from '#domain/permissions/matrix.ts'
import { usePermit, type Of } from './use-permit.ts'

/** Commands decided by one row of the permission matrix. */
type PermittedName = { [Name in CommandName]: Api[Name] extends { action: Action } ? Name : never }[CommandName]

/**
 * {@link useAct}, with the reason why the current member may not run it now. The contract names the row of the matrix, see {@link
 * usePermit}.
 */
export function usePermittedAct<Name extends PermittedName>(name: Name, of: Of = {}): Act<Name> & { barred: string | null } {
  const { action }: { action: Action } = api[name]
  return { ...useAct(name), barred: usePermit(action, of) }
}
