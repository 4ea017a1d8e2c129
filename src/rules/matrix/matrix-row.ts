import type { Channel } from "../../artifact.ts";

/** What a channel has for a requirement: the names of its rules without the channel's own, or a sentence why none. */
type Cell = readonly string[] | string;

/** One requirement, and what every channel has for it: no cell is empty. */
export interface MatrixRow {
  /** What must hold, in a few words. */
  readonly what: string;
  readonly cells: Readonly<Record<Channel, Cell>>;
}

/** The ids of the rules in a cell; none where it gives a reason instead. */
export function rulesIn({ cells }: MatrixRow, channel: Channel): readonly string[] {
  const cell = cells[channel];
  return typeof cell === "string" ? [] : cell.map((name) => `${channel}.${name}`);
}

/** The same rules in each channel whose artifact is a token. */
export function tokens(
  ...names: readonly string[]
): Pick<MatrixRow["cells"], "oidc" | "partner-api" | "eam"> {
  return { oidc: names, "partner-api": names, eam: names };
}

/** The same rules in both channels of SAML. */
export function assertions(...names: readonly string[]): Pick<MatrixRow["cells"], "saml" | "wsfed"> {
  return { saml: names, wsfed: names };
}

/** The same reason in each channel whose artifact is a token. */
export function noToken(why: string): Pick<MatrixRow["cells"], "oidc" | "partner-api" | "eam"> {
  return { oidc: why, "partner-api": why, eam: why };
}

/** The same reason in both channels of SAML. */
export function noAssertion(why: string): Pick<MatrixRow["cells"], "saml" | "wsfed"> {
  return { saml: why, wsfed: why };
}
