import { expect, test } from 'vitest'
import { readHashtags, withoutEdgeHashtags } from '../../../src/renderer/features/timeline/composer/hashtags.ts'

test('tags stand between spaces; a Weibo topic is text', () => {
  expect(readHashtags('门店 #华东 客户 #赔付 #华东')).toEqual(['华东', '赔付'])
  expect(readHashtags('#华东 起火')).toEqual(['华东'])
  expect(readHashtags('#茶颜悦色反诉# 上榜')).toEqual([])
  expect(readHashtags('C# 与 a#b')).toEqual([])
})

test('only the tags at the edges leave the text', () => {
  expect(withoutEdgeHashtags('#华东 门店起火 #赔付 #视频')).toBe('门店起火')
  expect(withoutEdgeHashtags('在 #华东 门店起火')).toBe('在 #华东 门店起火')
  expect(withoutEdgeHashtags('#华东')).toBe('')
  expect(withoutEdgeHashtags('#茶颜悦色反诉# 上榜')).toBe('#茶颜悦色反诉# 上榜')
})

test('in Chinese text a tag stands at punctuation, without spaces', () => {
  expect(readHashtags('门店起火，#质检')).toEqual(['质检'])
  expect(readHashtags('门店起火，#质检，#华东。已联系')).toEqual(['质检', '华东'])
  expect(readHashtags('已上榜，#茶颜悦色反诉#')).toEqual([])
  expect(readHashtags('“#赔付”先不写')).toEqual(['赔付'])
  expect(withoutEdgeHashtags('门店起火，#质检')).toBe('门店起火')
  expect(withoutEdgeHashtags('门店起火。#质检 #华东')).toBe('门店起火。')
  expect(withoutEdgeHashtags('门店起火，#质检，已联系')).toBe('门店起火，#质检，已联系')
  expect(withoutEdgeHashtags('已上榜，#茶颜悦色反诉#')).toBe('已上榜，#茶颜悦色反诉#')
  expect(withoutEdgeHashtags('#华东 #赔付')).toBe('')
})
