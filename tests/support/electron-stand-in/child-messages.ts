/** Messages between the stand-in and the child that plays a utility process. Ports are sent as numbers. */
export type ToChild =
  { kind: 'message'; data: unknown; ports: number[] } | { kind: 'port'; id: number; data: unknown } | { kind: 'port-closed'; id: number }
export type FromChild =
  { kind: 'message'; data: unknown } | { kind: 'port'; id: number; data: unknown } | { kind: 'port-closed'; id: number }
