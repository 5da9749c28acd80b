import type { ContactColumn, ContactMapping } from '#contract/contact-api.ts'

/** Column names by the field they give; the first match applies. More specific names come first. */
const NAMES: readonly (readonly [RegExp, ContactColumn])[] = [
  [/^(?:公司|单位|组织|机构|供应商|company|organi[sz]ation|employer|org\b)/iu, 'organization'],
  [/企业微信|wecom|wework/iu, 'wecom'],
  [/钉钉|ding\s*talk/iu, 'dingtalk'],
  [/飞书|feishu|lark/iu, 'feishu'],
  [/e-?mail|邮箱|邮件|电邮/iu, 'email'],
  [/手机|移动电话|mobile|cell/iu, 'mobile'],
  [/座机|固话|固定电话|办公电话|分机|landline|(?:work|business|office|home|company) (?:phone|tel)/iu, 'landline'],
  [/电话|联系方式|phone|\btel/iu, 'mobile'],
  [/部门|department|dept|division/iu, 'department'],
  [/层级|指挥层|layer|tier/iu, 'layer'],
  [/职务|职位|岗位|头衔|职责|title|position|role|job/iu, 'position'],
  [/^(?:姓|last ?name|surname|family ?name)$/iu, 'familyName'],
  [/^(?:名|first ?name|given ?name)$/iu, 'givenName'],
  [/姓名|名字|联系人|^名称$|name/iu, 'name'],
  [/备注|说明|note|remark|comment/iu, 'note'],
]

const CHANNELS: ReadonlySet<ContactColumn> = new Set(['mobile', 'landline', 'email', 'wecom', 'dingtalk', 'feishu'])

/** Guesses which columns of a table give which field of a contact, by their names. Channels may come from several columns. */
export function guessColumns(columns: readonly string[]): ContactMapping {
  const mapping: ContactMapping = {}
  const taken = new Set<ContactColumn>()
  for (const column of columns) {
    const field = NAMES.find(([pattern]) => pattern.test(column.trim()))?.[1]
    if (field === undefined || (taken.has(field) && !CHANNELS.has(field))) continue
    taken.add(field)
    mapping[column] = field
  }
  // Address books also contain the parts of a name; the full name is as its owner writes it.
  if (taken.has('name')) return Object.fromEntries(Object.entries(mapping).filter(([, field]) => !/^(?:family|given)Name$/u.test(field)))
  return mapping
}
