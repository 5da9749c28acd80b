/** What the main process says to the replica process. `serve` brings one MessagePort with it. */
export type ReplicaMessage = { do: 'open'; dataFolder: string; version: string } | { do: 'serve' } | { do: 'close' }
