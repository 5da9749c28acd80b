import challenges from '../../../resources/wording/challenges.json' with { type: 'json' }
import empathy from '../../../resources/wording/empathy.json' with { type: 'json' }
import escalated from '../../../resources/wording/escalated.json' with { type: 'json' }
import faq from '../../../resources/wording/faq.json' with { type: 'json' }
import handover from '../../../resources/wording/handover.json' with { type: 'json' }
import notices from '../../../resources/wording/notices.json' with { type: 'json' }
import scriptMatrix from '../../../resources/wording/script-matrix.json' with { type: 'json' }
import statements from '../../../resources/wording/statements.json' with { type: 'json' }
import talkMap from '../../../resources/wording/talk-map.json' with { type: 'json' }
import type { WordingContent } from '#domain/wording/content.ts'
import { StarterGroup, type StarterMessage, type StarterText } from '#domain/wording/starter-schema.ts'
import type { WordingLanguage, WordingPlace } from '#domain/wording/wording.ts'
import { scenarioWords } from './scenario-words.ts'

/** A shipped text in one language, as it is added to a library. */
export type StarterWording = { id: string; group: string; place: WordingPlace; content: WordingContent }

const GROUPS = [talkMap, empathy, challenges, scriptMatrix, statements, faq, handover, escalated, notices]

/** What the texts of the group `escalated` are prepared for (MS-17). */
const WORSENING: Record<WordingLanguage, string> = {
  'zh-Hans': '事态恶化',
  en: 'the situation gets worse',
}

function contentOf({ title, core, body, objections, variants }: StarterMessage, language: WordingLanguage): WordingContent {
  const words = (text: StarterText) => text[language === 'en' ? 'en' : 'zh']
  return {
    title: words(title),
    core: words(core),
    blocks: body.map((block, index) => ({
      id: `b${index + 1}`,
      kind: block.block,
      text: words(block.text),
      action: block.block === 'commitment' ? words(block.action) : '',
      owner: block.block === 'commitment' ? words(block.owner) : '',
      deadline: block.block === 'commitment' ? words(block.deadline) : '',
    })),
    objections: objections.map(({ ask, answer }, index) => ({ id: `o${index + 1}`, ask: words(ask), answer: words(answer) })),
    variants: variants.map(({ audience, channel, text }, index) => ({ id: `v${index + 1}`, audience, channel, text: words(text) })),
  }
}

/** The starter library in a language, in the order in which it is shown: 108 texts that a team begins with and adapts. */
export function starterLibrary(language: WordingLanguage): StarterWording[] {
  return GROUPS.flatMap((file) => {
    const { group, title, messages } = StarterGroup.parse(file)
    return messages.map((message) => ({
      id: message.id,
      group: title[language === 'en' ? 'en' : 'zh'],
      place: {
        kind: message.kind,
        statement: message.statement,
        scenario: scenarioWords(message.scenario, language),
        emotion: message.state,
        language,
        preparedFor: group === 'escalated' ? WORSENING[language] : '',
      },
      content: contentOf(message, language),
    }))
  })
}
