import type { RESPELLINGS } from "./token-tamper-schema.ts";

type Respelling = (typeof RESPELLINGS)[number];

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Sets the lowest bit of the last digit, which no byte uses when the segment does not end with a whole group. */
function withTrailingBits(segment: string): string {
  const last = DIGITS.indexOf(segment.slice(-1));
  return segment.length % 4 === 0 ? segment : `${segment.slice(0, -1)}${DIGITS[last | 1] ?? ""}`;
}

/** Writes the bytes of a base64url segment in another way; the same text when there is none for this segment. */
export function respelled(segment: string, spelling: Respelling): string {
  const padding = "=".repeat((4 - (segment.length % 4)) % 4);
  const spellings: Readonly<Record<Respelling, string>> = {
    padded: `${segment}${padding}`,
    "standard-base64": segment.replaceAll("-", "+").replaceAll("_", "/"),
    "trailing-bits": withTrailingBits(segment),
    "line-break": `${segment.slice(0, 16)}\n${segment.slice(16)}`,
  };
  return spellings[spelling];
}
