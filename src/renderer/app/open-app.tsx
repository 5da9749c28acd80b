import { connectToReplica } from '#client/connect.ts'
import { languageOfVisit } from '#client/demo-room.ts'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { guessLanguage, showLanguage } from './languages/language.ts'

/** Connects to the replica and renders the app into `root`. */
export async function openApp(root: HTMLElement): Promise<void> {
  const [client] = await Promise.all([connectToReplica(), showLanguage(languageOfVisit() ?? guessLanguage(navigator.languages))])
  createRoot(root).render(<App client={client} />)
}
