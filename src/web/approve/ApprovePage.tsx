import { useCallback, useEffect, useState } from 'react'
import { hub } from './hub-calls.ts'
import { ReadingPage } from './ReadingPage.tsx'
import { SignIn } from './SignIn.tsx'
import { useAsked } from './use-asked.ts'
import { WaitingList } from './WaitingList.tsx'
import { useWords } from './words.tsx'

/** The revision in the address; null for the list. */
const openedIn = (hash: string) => /^#\/([0-9a-f-]{36})$/.exec(hash)?.[1] ?? null

function useOpened(): [string | null, (revisionId: string | null) => void] {
  const [opened, setOpened] = useState(() => openedIn(location.hash))
  useEffect(() => {
    const onHash = () => setOpened(openedIn(location.hash))
    window.addEventListener('hashchange', onHash)
    return () => window.removeEventListener('hashchange', onHash)
  }, [])
  return [opened, (revisionId) => (location.hash = revisionId === null ? '#/' : `#/${revisionId}`)]
}

/** The page on which a member approves texts: sign-in, what waits, and one text to read and decide on. */
export function ApprovePage() {
  const { t, failure: inWords, language, setLanguage } = useWords()
  const { value: who, failure, again } = useAsked(hub.who)
  const [opened, open] = useOpened()
  const [told, setTold] = useState<string | null>(null)
  const onOver = useCallback(() => again(), [again])
  const signOut = async () => {
    await hub.signOut()
    open(null)
    again()
  }
  return (
    <>
      <header className="bar">
        <b>{t('name')}</b>
        <button
          type="button"
          className="plain"
          lang={language === 'en' ? 'zh-Hans' : 'en'}
          onClick={() => setLanguage(language === 'en' ? 'zh-Hans' : 'en')}
        >
          {t('language')}
        </button>
        {who?.me && (
          <button type="button" className="plain" onClick={() => void signOut()}>
            {t('signOut')}
          </button>
        )}
      </header>
      <main>
        <div role="status">{told !== null && <p className="told">{told}</p>}</div>
        {!who && (failure ? <p className="trouble">{inWords(failure)}</p> : <p className="soft">{t('loading')}</p>)}
        {who && !who.me && <SignIn who={who} onEntered={again} />}
        {who?.me &&
          (opened === null ? (
            <WaitingList
              onOpen={(id) => {
                setTold(null)
                open(id)
              }}
              onOver={onOver}
            />
          ) : (
            <ReadingPage
              key={opened}
              revisionId={opened}
              onBack={() => open(null)}
              onOver={onOver}
              onDone={(text) => {
                setTold(text)
                open(null)
              }}
            />
          ))}
      </main>
    </>
  )
}
