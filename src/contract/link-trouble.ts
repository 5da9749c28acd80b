/**
 * Why no connection to the hub is possible although it responds; shown to the user. Retries continue, because most of these
 * end on their own once the cause is fixed.
 * `certificate-differs` not the certificate of the invite: it was renewed, or another server responds · `certificate-ended`
 * expired or not valid yet · `certificate-name` issued for another host · `certificate-unknown` not signed by an authority
 * that this device trusts · `address-unsafe` the stored address is not encrypted · `upgrade-refused` an intermediary, such
 * as a proxy, does not allow WebSockets.
 */
export const LINK_TROUBLES = [
  'certificate-differs',
  'certificate-ended',
  'certificate-name',
  'certificate-unknown',
  'address-unsafe',
  'upgrade-refused',
] as const
export type LinkTrouble = (typeof LINK_TROUBLES)[number]
