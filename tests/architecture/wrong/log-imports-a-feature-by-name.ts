// place: src/domain/log/wrong-feature-by-name.ts
// refused: no-restricted-imports
// saying: The log is a kernel that knows no feature
import type { Probe } from '#domain/probe.ts'

export type Logged = Probe
