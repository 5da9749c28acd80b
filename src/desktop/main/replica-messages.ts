import type { Language } from '#contract/workspace-api.ts'

/** Messages from the main process to the replica process. `serve` carries one MessagePort. */
export type ReplicaMessage =
  | {
      do: 'open'
      dataFolder: string
      version: string
      /** The key in the operating system's key store, in base64; null without one. */ appKey: string | null
      /** Run the demo in this language instead; no data of the folder is opened. */ demo?: Language
    }
  | { do: 'serve'; /** Language of the demo to connect to; the data if absent. */ demo?: Language }
  | { do: 'close' }
