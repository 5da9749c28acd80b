import { config as configureZod } from 'zod'
import { takePageKey } from '#client/page-key.ts'
import { allowOnlyEmptyMarkup } from './app/markup-policy.ts'
import { applyKeyRules } from '#ui/keys/key-rules.ts'
import './app/styles.css'

// A schema, as it is made, tries whether it may compile itself, which the content policy forbids and reports. So this comes
// before the app, and with it the contract, is loaded.
configureZod({ jitless: true })
allowOnlyEmptyMarkup()
takePageKey()
// Before the app listens for keys itself.
applyKeyRules()

const root = document.getElementById('root')
if (root) {
  const { openApp } = await import('./app/open-app.tsx')
  await openApp(root)
}
