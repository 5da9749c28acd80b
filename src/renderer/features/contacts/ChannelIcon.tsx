import type { ChannelKind } from '#domain/contacts/channel-address.ts'
import { IconBrandWechat, IconDeviceMobile, IconMail, IconMessage2, IconPhone, IconSend } from '@tabler/icons-react'

const ICONS: Record<ChannelKind, typeof IconMail> = {
  mobile: IconDeviceMobile,
  landline: IconPhone,
  email: IconMail,
  wecom: IconBrandWechat,
  dingtalk: IconMessage2,
  feishu: IconSend,
}

/** The icon of a channel kind; its name is shown beside it. */
export function ChannelIcon({ kind }: { kind: ChannelKind }) {
  const Icon = ICONS[kind]
  return <Icon size={15} stroke={1.6} aria-hidden="true" />
}
