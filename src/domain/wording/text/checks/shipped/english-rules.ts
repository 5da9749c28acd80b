import {
  ADVERTISING,
  DATED_PROMISES,
  FIRM_PROMISES,
  LAW_ON_PROMISES,
  NO_BLAME,
  NO_FORMULA,
  NO_JUDGEMENT,
  OLDER_PEOPLE,
} from './rule-sources.ts'
import type { WordingRule } from '../rule.ts'
import { both, terms, termsRule } from './rule-words.ts'

const NOT = "[not|cannot|can't|never|don't|no|won't|unable to]"

/** The shipped rules on English texts. A team edits them; they are a beginning, no legal advice. */
export const ENGLISH_RULES: readonly WordingRule[] = [
  termsRule('en', {
    id: 'en-promise-compensation',
    kind: 'promise',
    severity: 'block',
    terms: terms(
      'full_refund_guaranteed guaranteed_[full_|]refund guarantee_[you_|][a_|][full_|]refund unconditional_refund [full|unlimited]_compensation [double|triple]_your_money_back will_[definitely|certainly|surely]_[refund|compensate|pay] will_[definitely|certainly|surely]_be_[refunded|compensated] [pay|cover|compensate]_[for_|][all|any]_[damages|losses|costs] [take|accept|assume]_full_[responsibility|liability] no_questions_asked',
    ),
    exceptions: [],
    message: both('「{term}」承诺了赔偿结果，未经授权不得作出', '“{term}” promises a compensation that nobody has approved'),
    suggestion: both(
      '改为先解决、再按规定处理：写明依据哪一条政策、由谁核定、何时答复',
      'Solve first, then compensate by policy: say which policy applies, who decides, and when the customer hears',
    ),
    source: LAW_ON_PROMISES,
  }),
  termsRule('en', {
    id: 'en-promise-certain',
    kind: 'promise',
    severity: 'warn',
    terms: terms('[guarantee|guarantees|guaranteed] we_promise_that will_never_happen_again you_have_our_word without_fail'),
    exceptions: [`${NOT} guarantee`, 'guarantee period', 'guarantee card', 'under guarantee', 'money-back guarantee terms'],
    message: both('「{term}」对结果作了绝对承诺', '“{term}” promises a result for certain'),
    suggestion: both(
      '只承诺自己能控制的行动和时间，例如「我们会在今天15:00前给您回电」',
      'Promise only an action and a time that we control, such as “we will call you by 3 pm today”',
    ),
    source: FIRM_PROMISES,
  }),
  termsRule('en', {
    id: 'en-absolute',
    kind: 'absolute',
    severity: 'warn',
    terms: terms(
      '100%_[safe|satisfaction|secure|guaranteed] [absolutely|completely|perfectly|totally]_[safe|harmless|secure|sure] risk-free zero_risk [the_|]best_in_the_[world|industry|country|market] number_one_brand world-class unrivalled unparalleled flawless the_safest the_[only|best]_product there_is_no_risk never_any',
    ),
    exceptions: terms('not_[absolutely|completely|100%]_safe'),
    message: both('「{term}」说得绝对，容易被抓住反证', '“{term}” is absolute: one counter-example disproves it'),
    suggestion: both('删去，或写清范围、依据和日期', 'Leave it out, or say within which limits, on what basis and as of when'),
    source: ADVERTISING,
  }),
  termsRule('en', {
    id: 'en-judgement',
    kind: 'judgement',
    severity: 'block',
    terms: terms(
      '[is|was|are|were|constitutes]_[illegal|unlawful|fraud|a_crime|negligent|defamation|defamatory] [we|company]…[liable|negligent|breached|at_fault] we_broke_the_law [legally|fully]_liable admit_liability you_[are|were]_[slandering|defaming|blackmailing] you_can_sue_us [extortion|blackmail]',
    ),
    exceptions: terms('whether…[illegal|unlawful|fraud|negligent|liable] not_for_us_to_say'),
    message: both('「{term}」是法律判断，客服和公关都不应作出', '“{term}” is a legal judgement, which neither service nor PR may make'),
    suggestion: both(
      '只说事实和下一步：「我们已请第三方检测，结论以主管部门认定为准」',
      'State facts and the next step only: “an independent laboratory is testing; the authority will decide”',
    ),
    source: NO_JUDGEMENT,
  }),
  termsRule('en', {
    id: 'en-blame',
    kind: 'blame',
    severity: 'block',
    terms: terms(
      "you_misunderstood you_[must|may|might]_have_misunderstood you_should_have you_failed_to your_[own_|]fault [not|isn't]_our_[fault|problem|responsibility|department] nothing_to_do_with_us calm_down as_I_[already_|][said|told_you] nobody_else_has_[complained|reported] you_are_the_only_one that's_[just_|]our_policy rules_are_rules user_error you_used_it_wrong[ly|]",
    ),
    exceptions: terms('not_your_[own_|]fault'),
    message: both('「{term}」在辩解或责怪顾客', '“{term}” defends us or blames the customer'),
    suggestion: both(
      '先承认感受和问题，再说我们做什么：「我理解您很着急，我们马上核实」',
      'First acknowledge the feeling and the problem, then say what we do: “I understand this is upsetting; we are checking it now”',
    ),
    source: NO_BLAME,
  }),
  termsRule('en', {
    id: 'en-vague-deadline',
    kind: 'deadline',
    severity: 'warn',
    onlyUndated: true,
    terms: terms(
      'asap a.s.a.p as_soon_as_possible soon shortly at_the_earliest_[opportunity|convenience] in_due_course in_the_near_future in_a_timely_manner promptly later_on at_a_later_date before_long',
    ),
    exceptions: terms(
      'please…[as_soon_as_possible|soon|asap|promptly] as_soon_as_[you|we|the|it|they] [too|how|so|sooner_or]_soon shortly_[after|before]',
    ),
    message: both('「{term}」没有时间，客服答不出「到底什么时候」', '“{term}” names no time: agents cannot answer “when exactly?”'),
    suggestion: both(
      '写出最迟时间，例如「最迟今天下午3点前」，或用 {deadline}',
      'Say by when at the latest, such as “by 3 pm today”, or use {deadline}',
    ),
    source: DATED_PROMISES,
  }),
  termsRule('en', {
    id: 'en-undated-promise',
    kind: 'deadline',
    severity: 'warn',
    onlyUndated: true,
    terms: terms(
      "[we|I]_[will|shall] we'll I'll [we_are|we're|I_am|I'm]_going_to will_[get_back_to|contact|call|refund|write_to|email]_you",
    ),
    exceptions: terms(
      "[we|I]_[will|shall]_[always|continue|keep|never|not|respect|remain|be_here] [we'll|I'll]_[always|continue|keep|never|not|be_here]",
    ),
    message: both('这句承诺没有时间', 'This promise names no time'),
    suggestion: both(
      '承诺 = 具体行动 + 时间：加上日期、时刻或时长，或用 {deadline}',
      'A promise is an action and a time: add a date, a time or a duration, or use {deadline}',
    ),
    source: DATED_PROMISES,
  }),
  termsRule('en', {
    id: 'en-formula',
    kind: 'formula',
    severity: 'hint',
    terms: terms(
      '[apologize|apologise|apologies|sorry]_for_[any|the]_inconvenience [any|the]_inconvenience_[caused|this_may_cause|this_may_have_caused] thank_you_for_your_[patience|understanding|feedback] your_[feedback|call|satisfaction|opinion]_is_important_to_us we_take_this_[matter_|][very_|]seriously we_value_your_[business|feedback] please_rest_assured',
    ),
    message: both('「{term}」是套话，顾客听了更生气', '“{term}” is a set phrase, which angers people more'),
    suggestion: both(
      '用顾客自己的词说出他的感受，再承认具体问题',
      'Name the feeling in the customer’s own word, then admit the concrete problem',
    ),
    source: NO_FORMULA,
  }),
  termsRule('en', {
    id: 'en-jargon',
    kind: 'reading',
    severity: 'warn',
    audience: 'silver',
    terms: terms(
      'app SKU OTA FAQ SOP QR_code URL chatbot login log_in download upload screenshot pop-up ticket_number firmware self-service portal e-mail_link SN DM',
    ),
    message: both('「{term}」对老年顾客不好懂', '“{term}” is hard to understand for older customers'),
    suggestion: both('换成日常说法，并给一个打电话或到店的办法', 'Use an everyday word, and offer a way by telephone or in a shop'),
    source: OLDER_PEOPLE,
  }),
]
