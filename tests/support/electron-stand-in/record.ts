/** What the shell asked of the stand-in, for tests. It is `standIn.record` where a test evaluates in the main process. */
export const record = {
  loadedAddresses: [] as string[],
  /** Addresses that the page requested and that are not the shell's; they failed. */
  foreignRequests: [] as string[],
  permissionAnswers: [] as { permission: string; granted: boolean }[],
  navigations: [] as { address: string; prevented: boolean }[],
  windowOpens: [] as { address: string; action: string }[],
  openedLinks: [] as string[],
  dialogs: [] as object[],
  notices: [] as { title: string; body: string; click(): void }[],
  trays: [] as { toolTip: string; labels: string[]; destroyed: boolean }[],
  schemes: [] as object[],
  sandboxEnabled: false,
  handledChannels: [] as string[],
}
