/** A file that an entity refers to, named by the SHA-256 of its content; `size` in bytes. */
type IndexedFile = { hash: string; name: string; size: number; mime: string }

/** What a store may index an entity by, without knowing its feature. */
export type IndexKeys = {
  /** What lists of this kind are sorted by, milliseconds since 1970. */
  sortAt: number
  /** What they are filtered by first: kind of entry, status of incident. */
  facet: string
  /** The entity it belongs to, beside its scope: a series for its points. */
  parent: string
  /** The import that brought it; it is shown only while that import is complete. */
  origin: string | null
  starred: boolean
  /** Whether it is one of those that its scope is said to hold; what the app noted by itself is not. */
  counted: boolean
  /** Words that lists are filtered by and counted: the tags of an entry as everybody sees them, and what it links to. */
  labels: readonly string[]
  /** The evidence files it refers to. */
  files: readonly IndexedFile[]
}

/** Marks a label that is no tag but the other end of a link; a tag cannot begin so, see {@link IndexKeys.labels}. */
export const LINK_LABEL = '→'

/** The keys of what no list sorts or filters by. */
export const NO_KEYS: IndexKeys = {
  sortAt: 0,
  facet: '',
  parent: '',
  origin: null,
  starred: false,
  counted: false,
  labels: [],
  files: [],
}
