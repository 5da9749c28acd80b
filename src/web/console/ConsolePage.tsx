import { useEffect, useState, useSyncExternalStore } from 'react'
import { useWords } from '../page/words.tsx'
import type { ConsoleStore } from './connection/console-store.ts'
import { Desk } from './views/Desk.tsx'
import { EntryPage } from './views/EntryPage.tsx'

/** The agents' console: the desk of who is signed in, else the door. @param link the secret of a vendor's link, if the page was opened by one */
export function ConsolePage({ store, link }: { store: ConsoleStore; link: string | null }) {
  const t = useWords('console')
  const model = useSyncExternalStore(store.subscribe, store.get)
  const [secret, setSecret] = useState(link)
  useEffect(() => {
    store.start()
    return store.stop
  }, [store])
  useEffect(() => {
    if (model.phase !== 'in') document.title = t('title')
  }, [model.phase, t])
  if (model.phase === 'in' && model.state) return <Desk store={store} model={model} state={model.state} />
  if (model.phase === 'asking') return <p className="waiting">{t('asking')}</p>
  return <EntryPage link={secret} ended={model.ended} enter={store.enter} onForgetLink={() => setSecret(null)} />
}
