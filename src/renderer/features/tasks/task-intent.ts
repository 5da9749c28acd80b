/** What an opened task shows: its particulars, or one of its two forms. */
export type TaskIntent = 'read' | 'revise' | 'drop'

/** The task that is open in a list. */
export type OpenTask = { id: string; intent: TaskIntent }
