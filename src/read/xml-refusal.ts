import type { Obstacle } from "./reading.ts";

/** Ends the reading of one message; caught where reading began, so that nobody outside ever sees it. */
export class Refusal extends Error {
  readonly obstacle: Obstacle;

  constructor(kind: Obstacle["kind"], at: string, message: string) {
    super(message);
    this.name = "Refusal";
    this.obstacle = { kind, at, message };
  }
}

/** Takes a caught value back to the obstacle it carries; anything that is not a refusal is thrown on. */
export function obstacleOf(caught: unknown): Obstacle {
  if (caught instanceof Refusal) return caught.obstacle;
  throw caught;
}
