import type { EntryKind } from '#domain/timeline/entry.ts'
import {
  IconBolt,
  IconBuildingBank,
  IconEye,
  IconGavel,
  IconHeadset,
  IconNews,
  IconRouteAltLeft,
  IconServerCog,
  IconSpeakerphone,
  type TablerIcon,
} from '@tabler/icons-react'

/** One shape per kind, so that colour is never the only distinction. */
export const ENTRY_ICONS: Record<EntryKind, TablerIcon> = {
  observation: IconEye,
  decision: IconGavel,
  action: IconBolt,
  statement: IconSpeakerphone,
  'media-report': IconNews,
  regulator: IconBuildingBank,
  'customer-voice': IconHeadset,
  'turning-point': IconRouteAltLeft,
  system: IconServerCog,
}
