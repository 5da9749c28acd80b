/** Chinese text sets no spaces: its punctuation ends a tag, and begins the place of one. */
const PUNCTUATION = '，。；：！？、…（）《》【】「」“”‘’'
/** A tag, without what closes a topic in the manner of Weibo: "#话题#" closes itself and is part of the text. */
const TAG = `[#\uff03]([^\\s,#\uff03${PUNCTUATION}]{1,30})`
const HASHTAG = new RegExp(`(?:^|[\\s${PUNCTUATION}])${TAG}(?=[\\s${PUNCTUATION}]|$)`, 'gu')
const AT_BEGIN = new RegExp(`^(?:${TAG}(?:\\s+|$))+`, 'u')
/** A comma that only led to the tag goes with it. */
const AT_END = new RegExp(`(?:(?:\\s+|[，、；]\\s*|(?<=[${PUNCTUATION}]))${TAG})+$`, 'u')

/** The tags written into a text, in order, each once. */
export function readHashtags(text: string): string[] {
  return [...new Set([...text.matchAll(HASHTAG)].map((match) => match[1] ?? '').filter((tag) => tag !== ''))]
}

/** The text without the tags that stand at its very end or beginning; tags within a sentence are words of it and stay. */
export function withoutEdgeHashtags(text: string): string {
  return text.trim().replace(AT_BEGIN, '').replace(AT_END, '').trim()
}
