import { config as configureZod } from 'zod'
import '../page/tokens.css'
import '../page/page.css'

// zod tests whether it may compile schemas, which the content security policy forbids and reports. So this must run before the contract is
// loaded.
configureZod({ jitless: true })

const root = document.getElementById('root')
if (root) {
  const { openConsole } = await import('./open-console.tsx')
  openConsole(root)
}
