/** Progress is told about so often, milliseconds. */
export const REPORT_EVERY_MS = 100;

/** Others get their turn about so often, milliseconds. */
export const TURN_MS = 25;
