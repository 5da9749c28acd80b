import { useIsFetching } from '@tanstack/react-query'

/** True while something that a screen shows is read for the first time: what is painted is not yet whole. */
export function useReading(): boolean {
  return useIsFetching({ predicate: (query) => query.state.status === 'pending' }) > 0
}
