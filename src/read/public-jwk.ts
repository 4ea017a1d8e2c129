import type { JWK } from "jose";
import type { JsonObject } from "../artifact.ts";

/** The public key and nothing else: members unknown to us are no obstacle, and a private part is never used. */
export function publicMembers({ kty, crv, n, e, x, y }: JsonObject): JWK | undefined {
  if (kty === "RSA") return isText(n) && isText(e) ? { kty, n, e } : undefined;
  if (!isText(crv) || !isText(x)) return undefined;
  if (kty === "OKP") return { kty, crv, x };
  return kty === "EC" && isText(y) ? { kty, crv, x, y } : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
