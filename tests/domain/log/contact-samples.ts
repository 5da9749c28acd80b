import type { Op } from '#domain/log/op.ts'
import { idOf, makeOp } from '#tests/support/log-texts.ts'

/** A valid op of each type and version on contacts. */
export const CONTACT_SAMPLES: Op[] = [
  makeOp({
    type: 'contact.add',
    kind: 'contact',
    id: idOf(97),
    body: {
      contact: { name: '钱进', organization: '', position: '副总裁', department: null, layer: 'decision', note: '', memberId: null },
      channels: [{ id: idOf(98), kind: 'mobile', address: '+8613800138000', label: '' }],
    },
  }),
  makeOp({
    type: 'contact.import',
    kind: 'contact',
    id: idOf(97),
    body: {
      contact: { name: '钱进', organization: '', position: '', department: null, layer: null, note: '', memberId: null },
      channels: [{ id: idOf(198), kind: 'mobile', address: '+8613900139000', label: '' }],
    },
  }),
  makeOp({ type: 'contact.revise', kind: 'contact', id: idOf(97), body: { position: '总裁' } }),
  makeOp({
    type: 'contact.set-channel',
    kind: 'contact',
    id: idOf(97),
    body: { id: idOf(99), kind: 'email', address: 'qian@example.com', label: '工作', at: 0 },
  }),
  makeOp({
    type: 'contact.verify-channel',
    kind: 'contact',
    id: idOf(97),
    body: { channelId: idOf(98), address: '+8613800138000', how: 'answered' },
  }),
  makeOp({ type: 'contact.remove-channel', kind: 'contact', id: idOf(97), body: { channelId: idOf(99) } }),
  makeOp({
    type: 'contact.remove-channel',
    version: 2,
    kind: 'contact',
    id: idOf(97),
    body: { channelId: idOf(198), label: '本人 13800138000' },
  }),
  makeOp({ type: 'contact.undo-import', kind: 'contact', id: idOf(97), body: { ops: [idOf(9)] } }),
  makeOp({ type: 'contact.remove', kind: 'contact', id: idOf(97), body: { removed: true } }),
]
