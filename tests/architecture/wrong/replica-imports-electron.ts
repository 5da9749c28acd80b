// place: src/replica/wrong-electron.ts
// refused: no-restricted-imports
// saying: Only src/desktop knows Electron
import { app } from 'electron'

export const name: string = app.name
