// A topic in the manner of Weibo, "#话题#", closes itself and is part of the text; a tag stands between spaces.
const HASHTAG = /(^|\s)[#\uff03]([^\s,\uff0c#\uff03]{1,30})(?=\s|$)/gu

/** The tags written into a text, in order, each once. */
export function readHashtags(text: string): string[] {
  return [...new Set([...text.matchAll(HASHTAG)].map((match) => match[2] ?? '').filter((tag) => tag !== ''))]
}

/** The text without the tags that stand at its very end or beginning; tags within a sentence are words of it and stay. */
export function withoutEdgeHashtags(text: string): string {
  const edge = /^(?:[#\uff03][^\s,\uff0c#\uff03]{1,30}\s+)+|(?:\s+[#\uff03][^\s,\uff0c#\uff03]{1,30})+$/gu
  const stripped = text.trim().replaceAll(edge, '').trim()
  return /^[#\uff03][^\s,\uff0c#\uff03]{1,30}$/u.test(stripped) ? '' : stripped
}
