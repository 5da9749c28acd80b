import { connectToReplica } from '#client/connect.ts'
import { guessLanguage, showLanguage } from './app/languages/language.ts'
import { App } from './app/App.tsx'
import { createRoot } from 'react-dom/client'
import './app/styles.css'

const root = document.getElementById('root')
if (root) {
  const [client] = await Promise.all([connectToReplica(), showLanguage(guessLanguage(navigator.languages))])
  createRoot(root).render(<App client={client} />)
}
