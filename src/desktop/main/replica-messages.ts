/** What the main process says to the replica process. `serve` brings one MessagePort with it. */
export type ReplicaMessage = { do: 'open'; dataFolder: string; version: string; /** Tell the demo instead; no data of the folder is opened. */ demo?: boolean } | { do: 'serve' } | { do: 'close' }
