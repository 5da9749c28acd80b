/** A file that an entity refers to, identified by the SHA-256 of its content; `size` in bytes. */
type IndexedFile = { hash: string; name: string; size: number; mime: string }

/** Keys by which a store indexes an entity, independent of its feature. */
export type IndexKeys = {
  /** Sort key of lists of this kind, milliseconds since 1970. */
  sortAt: number
  /** First filter key: kind of entry, status of incident. */
  facet: string
  /** The parent entity besides its scope: for points, their series. */
  parent: string
  /** The import that created it; it is shown only while that import is complete. */
  origin: string | null
  starred: boolean
  /** Whether it counts toward the size of its scope; system notes do not. */
  counted: boolean
  /** Labels by which lists are filtered and counted: the visible tags of an entry, and the targets of its links. */
  labels: readonly string[]
  /** The evidence files it refers to. */
  files: readonly IndexedFile[]
}

/** Prefix of a label that is a link target instead of a tag; a tag cannot begin with it, see {@link IndexKeys.labels}. */
export const LINK_LABEL = '→'

/** The keys of entities that no list sorts or filters. */
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
