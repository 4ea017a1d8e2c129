import type { Obstacle, ObstacleKind } from "./reading.ts";

/** What a step of reading gives: a value, or the one thing that stood in its way. */
export type Parsed<Value> = { readonly value: Value } | { readonly obstacle: Obstacle };

/** The obstacle of a step that failed. */
export function blocked(kind: ObstacleKind, at: string, message: string): { readonly obstacle: Obstacle } {
  return { obstacle: { kind, at, message } };
}
