import type { Token } from "../artifact.ts";
import type { Policy } from "../policy.ts";
import { readToken } from "./jwt.ts";
import type { Obstacle, Reading } from "./reading.ts";

const UNSIGNED: Obstacle = {
  kind: "signature-unchecked",
  at: "",
  message: "this is a decoded token, without the signature, so anybody may have written it",
  fix: "Judge the token itself, three parts with dots between them: what a tool shows of it bears no signature.",
};

/**
 * Reads a token, or takes what a tool has decoded of one: that bears no signature, so it is read and never believed,
 * whatever keys there are.
 */
export async function readSignedOrDecoded(token: string | Token, policy: Policy): Promise<Reading<Token>> {
  if (typeof token === "string") return await readToken(token, policy);
  return { artifact: token, signature: "unchecked", obstacles: [UNSIGNED] };
}
