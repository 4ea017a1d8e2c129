import { evidenceRows } from "./evidence.ts";
import { messageRows } from "./message.ts";
import { readingRows } from "./reading.ts";
import type { MatrixRow } from "./matrix-row.ts";
import { timeRows } from "./time.ts";

/** Every requirement, and for each channel its rules or the reason why it has none: no cell is empty. */
export const matrix: readonly MatrixRow[] = [...readingRows, ...messageRows, ...timeRows, ...evidenceRows];
