import { useIsFetching } from '@tanstack/react-query'

/** True while anything on the screen is read for the first time, that is, the screen is incomplete. */
export function useReading(): boolean {
  return useIsFetching({ predicate: (query) => query.state.status === 'pending' }) > 0
}
