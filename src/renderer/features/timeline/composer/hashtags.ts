/** Chinese text has no spaces: its punctuation ends a tag and allows one to start. */
const PUNCTUATION = '，。；：！？、…（）《》【】「」“”‘’'
/** A tag, except topics in Weibo style: "#话题#" has a closing sign and is part of the text. */
const TAG = `[#\uff03]([^\\s,#\uff03${PUNCTUATION}]{1,30})`
const HASHTAG = new RegExp(`(?:^|[\\s${PUNCTUATION}])${TAG}(?=[\\s${PUNCTUATION}]|$)`, 'gu')
const AT_BEGIN = new RegExp(`^(?:${TAG}(?:\\s+|$))+`, 'u')
/** A comma that only leads to the tag is removed with it. */
const AT_END = new RegExp(`(?:(?:\\s+|[，、；]\\s*|(?<=[${PUNCTUATION}]))${TAG})+$`, 'u')

/** The distinct tags in a text, in order. */
export function readHashtags(text: string): string[] {
  return [...new Set([...text.matchAll(HASHTAG)].map((match) => match[1] ?? '').filter((tag) => tag !== ''))]
}

/** The text without tags at its beginning and end; tags within a sentence are words and stay. */
export function withoutEdgeHashtags(text: string): string {
  return text.trim().replace(AT_BEGIN, '').replace(AT_END, '').trim()
}
