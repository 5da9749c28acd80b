/** A text of a shipped plan: Chinese first, then English. */
export function zhEn(zh: string, en: string): { 'zh-Hans': string; en: string } {
  return { 'zh-Hans': zh, en }
}
