/**
 * Why no line to the hub can be made though it answers, for people to act on. Trying goes on: most of these end by themselves
 * once somebody has mended them.
 * `certificate-differs` not the one of the invite: made anew, or somebody else answers · `certificate-ended` expired or not valid
 * yet · `certificate-name` made for another host · `certificate-unknown` no authority this device trusts has signed it ·
 * `address-unsafe` the address kept here is not encrypted · `upgrade-refused` something between does not let WebSockets through.
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
