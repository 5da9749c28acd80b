import { both } from './rule-words.ts'

/** Where rules come from, in words that a writer and a lawyer understand. */
export const LAW_ON_PROMISES = both(
  '消费者权益保护法：说了就要做到；可承诺和不可承诺的界限',
  'Consumer protection law: what is promised is owed',
)
export const FIRM_PROMISES = both('只承诺做得到的事', 'Promise only what can be kept')
export const ADVERTISING = both('广告法第九条、第二十八条', 'Advertising Law of China, articles 9 and 28')
export const NO_JUDGEMENT = both('不使用法律用语，不作法律判断', 'No legal terms and no legal judgements')
export const NO_BLAME = both('不辩解、不指责客户', 'No defence, and no blame on the customer')
export const DATED_PROMISES = both('承诺要有具体行动和时间', 'A promise names an action and a time')
export const NO_FORMULA = both('避免套话，用客户自己的词', "No set phrases; use the customer's own words")
export const OLDER_PEOPLE = both('对银发群体要简短、好懂', 'Short and plain for older people')
export const PERSONAL_DATA = both('个人信息保护法第六条', 'Personal Information Protection Law of China, article 6')
export const CLEAR_WORDS = both('用词统一，没有歧义', 'The same words for the same thing')
export const ONE_VOICE = both('对同一问题口径一致', 'One answer to one question')
