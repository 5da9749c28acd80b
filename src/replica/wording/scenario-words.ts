import type { WordingLanguage } from '#domain/wording/wording.ts'

/** The scenarios of the starter library as a team reads them; a team names its own in its own words. */
const WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'talk-map': ['话术地图', 'Talk map'],
  empathy: ['共情表达', 'Empathy'],
  listening: ['积极倾听', 'Listening'],
  'demand-classes': ['三类诉求', 'Kinds of demands'],
  'complaint-motives': ['投诉动机', 'Motives of complaints'],
  'closed-loop': ['闭环跟进', 'Follow-up'],
  'challenge-responsibility': ['责任归属质问', 'Who is responsible'],
  'challenge-compensation': ['赔偿要求', 'Compensation'],
  'challenge-threat': ['威胁投诉或曝光', 'Threat to complain or expose'],
  'challenge-policy': ['政策质疑', 'Doubts about policy'],
  'any-incident': ['各类事件', 'Any incident'],
  'product-problem': ['产品问题', 'Product problem'],
  'product-safety': ['产品安全', 'Product safety'],
  'service-complaint': ['服务投诉', 'Service complaint'],
  'employee-words': ['员工言行', 'Words of an employee'],
  'false-rumour': ['不实传言', 'False rumour'],
  'price-fees': ['价格与收费', 'Prices and fees'],
  'privacy-leak': ['隐私泄露', 'Privacy leak'],
  'information-leak': ['信息泄露与安全', 'Information leak'],
  'delivery-delay': ['物流与售后延误', 'Delays of delivery and service'],
  'corporate-news': ['企业负面新闻', 'Corporate news'],
  'public-event': ['突发公共事件', 'Public event'],
  'complaint-escalation': ['投诉升级', 'Escalated complaint'],
  'system-failure': ['系统故障', 'System failure'],
  'malicious-attack': ['恶意攻击与欺诈', 'Malicious attack'],
  agents: ['坐席自己的疑问', "Agents' questions"],
  handover: ['客户情绪激化', 'An excited customer'],
  internal: ['内部通知', 'Internal notices'],
}

/** The name of a scenario of the starter library; one without a name is shown as it is. */
export function scenarioWords(scenario: string, language: WordingLanguage): string {
  return WORDS[scenario]?.[language === 'en' ? 1 : 0] ?? scenario
}
