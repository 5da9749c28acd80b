import { config as configureZod } from 'zod'
import { takePageKey } from '#client/page-key.ts'
import { allowOnlyEmptyMarkup } from './app/markup-policy.ts'
import { applyKeyRules } from '#ui/keys/key-rules.ts'
import './app/styles.css'

// zod tests whether it may compile schemas, which the content security policy forbids and reports. So this must run before the contract is
// loaded.
configureZod({ jitless: true })
allowOnlyEmptyMarkup()
takePageKey()
// Must run before the app adds key listeners.
applyKeyRules()

const root = document.getElementById('root')
if (root) {
  const { openApp } = await import('./app/open-app.tsx')
  await openApp(root)
}
