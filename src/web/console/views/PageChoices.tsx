import { THEMES, useTheme } from '../../page/theme.ts'
import { useLanguage, useWords } from '../../page/words.tsx'

/** Language and theme. */
export function PageChoices() {
  const t = useWords('console')
  const { language, setLanguage } = useLanguage()
  const [theme, setTheme] = useTheme()
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
  return (
    <>
      <button
        type="button"
        className="quiet"
        lang={language === 'en' ? 'zh-Hans' : 'en'}
        onClick={() => setLanguage(language === 'en' ? 'zh-Hans' : 'en')}
      >
        {t('choices.otherLanguage')}
      </button>
      <button type="button" className="quiet" onClick={() => setTheme(next)}>
        {t('choices.theme', { theme: t(`choices.themes.${theme}`) })}
      </button>
    </>
  )
}
