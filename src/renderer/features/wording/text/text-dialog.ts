/** The dialogs of a text's page. */
export type TextDialog = { kind: 'publish' | 'release'; revisionId: string } | { kind: 'withdraw' | 'move' | 'origin' }
