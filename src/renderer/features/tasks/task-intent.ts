/** The content of an opened task: its details, or one of its two forms. */
export type TaskIntent = 'read' | 'revise' | 'drop'

/** The open task of a list. */
export type OpenTask = { id: string; intent: TaskIntent }
