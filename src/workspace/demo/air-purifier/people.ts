import type { StoryAct } from '../story.ts'

/** Who stands where when it begins: three layers, six departments, a backup for each (OR-01, OR-06…OR-12). */
export const PEOPLE: readonly StoryAct[] = [
  { at: 1, do: 'person', layer: 'decision', department: null, name: '沈放', backup: '许闻', duty: '副总裁，可当场批准停售和召回' },
  { at: 1, do: 'person', layer: 'coordination', department: null, name: '周岚', backup: '何川', duty: '指挥，定级、定稿、定时碰头' },
  { at: 1, do: 'person', layer: 'execution', department: 'call-center', name: '赵敏', backup: '孙亦', duty: '专线、话术、受伤用户专员' },
  { at: 1, do: 'person', layer: 'execution', department: 'pr', name: '陈默', backup: '郭晓', duty: '声明、媒体' },
  { at: 1, do: 'person', layer: 'execution', department: 'legal', name: '罗衡', backup: '汪洁', duty: '事实与责任两处把关，监管文书' },
  { at: 1, do: 'person', layer: 'execution', department: 'technical', name: '林一舟', backup: '段飞', duty: '原因、批次、安全使用建议' },
  { at: 1, do: 'person', layer: 'execution', department: 'business', name: '吴桐', backup: '白露', duty: '停售、备机、召回' },
  { at: 1, do: 'person', layer: 'execution', department: 'social-media', name: '姜禾', backup: '许愿', duty: '监测、官方账号' },
]
