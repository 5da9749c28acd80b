import { createRoot } from 'react-dom/client'
import { ApprovePage } from './ApprovePage.tsx'
import { WordsProvider } from './words.tsx'
import './approve.css'

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <WordsProvider>
      <ApprovePage />
    </WordsProvider>,
  )
