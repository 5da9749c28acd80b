for (;;) {
  // Nothing: not even the event loop turns.
}
