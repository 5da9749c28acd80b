import type { Language } from '#contract/workspace-api.ts'

/** What the main process says to the replica process. `serve` brings one MessagePort with it. */
export type ReplicaMessage =
  | {
      do: 'open'
      dataFolder: string
      version: string
      /** The key that the operating system keeps for the app, in base64; null where it keeps none. */ appKey: string | null
      /** Tell the demo, in this language, instead; no data of the folder is opened. */ demo?: Language
    }
  | { do: 'serve'; /** Language of the demo that the page wants to see; left out: the data. */ demo?: Language }
  | { do: 'close' }
