import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkNonce } from "../token/nonce.ts";

/** The nonce is not the one that was sent, so the ID token belongs to another sign-in. */
export const nonceMismatch: Rule<Token> = {
  id: "oidc.nonce.mismatch",
  severity: "error",
  title: "nonce is another one",
  requirements: [],
  reference: "OIDC Core §3.1.3.7 (11)",
  remedy: "Copy the nonce of the authentication request into the ID token, unchanged.",
  about: "message",
  check: checkNonce,
};
