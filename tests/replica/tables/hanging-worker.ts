for (;;) {
  // Blocks the event loop forever.
}
