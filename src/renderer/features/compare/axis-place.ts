/** Margins of the common axis within its box, in pixels from left and right: the same for the curves and the strip below them. */
export const AXIS_START = 52
export const AXIS_END = 72
