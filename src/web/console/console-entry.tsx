import { config as configureZod } from 'zod'
import { createRoot } from 'react-dom/client'
import { ConsolePage } from './ConsolePage.tsx'

// zod tests whether it may compile schemas, which the content security policy forbids and reports.
configureZod({ jitless: true })

const root = document.getElementById('root')
if (root) createRoot(root).render(<ConsolePage />)
