import type { PendingSignIn } from "./oidc-sign-in.ts";

/** Sign-ins that one browser has under way, by their state. */
export type PendingSignIns = Readonly<Record<string, PendingSignIn>>;

/** The state of an answer; a signed answer holds it in its claims, and only then is the signature checked. */
export function stateOf(parameters: URLSearchParams): string {
  const signed = parameters.get("response")?.split(".")[1];
  if (signed === undefined) return parameters.get("state") ?? "";
  try {
    const claims: unknown = JSON.parse(Buffer.from(signed, "base64url").toString());
    const state = typeof claims === "object" && claims !== null && "state" in claims ? claims.state : "";
    return typeof state === "string" ? state : "";
  } catch {
    return "";
  }
}
